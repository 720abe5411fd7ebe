"""Database access below the ORM: bulk SQL, raw reads, replicas, data version, import lock."""
