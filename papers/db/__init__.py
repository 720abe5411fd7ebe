"""The ways to the database: bulk SQL, raw reads, replicas, the data's version, the import lock."""
