"""Products and categories, forked from Oscar."""

from oscar.apps.catalogue.models import (
    AttributeOption,
    AttributeOptionGroup,
    Category,
    Option,
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductCategory,
    ProductCategoryHierarchy,
    ProductClass,
    ProductImage,
    ProductRecommendation,
)

__all__ = [
    "AttributeOption",
    "AttributeOptionGroup",
    "Category",
    "Option",
    "Product",
    "ProductAttribute",
    "ProductAttributeValue",
    "ProductCategory",
    "ProductCategoryHierarchy",
    "ProductClass",
    "ProductImage",
    "ProductRecommendation",
]
