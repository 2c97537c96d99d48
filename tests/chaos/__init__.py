"""Parts of the site fail while it is used: what still works, and that nothing acknowledged is lost."""
