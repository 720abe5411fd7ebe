"""Operating the site: system checks, health, backup and restore, the move to PostgreSQL."""
