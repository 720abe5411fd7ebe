"""Tags and filters of templates; no other room imports them."""
