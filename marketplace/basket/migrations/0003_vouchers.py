"""Oscar's baskets, last part: apart, because vouchers need orders and orders need baskets."""

from django.db import migrations, models


class Migration(migrations.Migration):
    # Oscar's own migrations of this app, so that what the unforked apps depend on resolves.
    replaces = [
        ("basket", "0002_auto_20140827_1705"),
        ("basket", "0003_basket_vouchers"),
        ("basket", "0004_auto_20141007_2032"),
        ("basket", "0005_auto_20150604_1450"),
        ("basket", "0006_auto_20160111_1108"),
        ("basket", "0007_slugfield_noop"),
        ("basket", "0008_auto_20181115_1953"),
        ("basket", "0009_line_date_updated"),
        ("basket", "0010_convert_to_valid_json"),
        ("basket", "0011_json_basket_option"),
        ("basket", "0012_line_code"),
    ]

    dependencies = [
        ("basket", "0002_lines"),
        ("voucher", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="basket",
            name="vouchers",
            field=models.ManyToManyField(blank=True, to="voucher.voucher", verbose_name="Vouchers"),
        ),
    ]
