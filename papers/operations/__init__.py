"""What an operator needs: checks, health, copies and the way back, the move to PostgreSQL."""
