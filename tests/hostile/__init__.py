"""Files that mean harm, or are broken: each must end in rows or in a stated refusal."""
