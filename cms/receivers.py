"""What is done when a page has been published, moved or taken down, or a video is gone."""

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.links import forget
from cms.videos import Video


@receiver([page_published, page_unpublished, post_page_move], dispatch_uid="cms.forget_links")
@receiver(post_delete, sender=Page, dispatch_uid="cms.forget_links_of_deleted")
def forget_links(**_: object) -> None:
    """The navigation and the stories are looked up anew, once others can see the change."""
    transaction.on_commit(forget)


@receiver(post_delete, sender=Video, dispatch_uid="cms.remove_video_file")
def remove_video_file(instance: Video, **_: object) -> None:
    """The file goes when its row is gone for certain."""
    file = instance.file
    # A file that stays behind shows nowhere; the row is gone whatever becomes of it.
    transaction.on_commit(lambda: file.storage.delete(str(file.name)), robust=True)
