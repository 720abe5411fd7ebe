"""Operating the site: backups, the daily run, telling what is wrong."""
