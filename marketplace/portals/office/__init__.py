"""The poverty office's portal: its queue of unsold products and its sales figures."""
