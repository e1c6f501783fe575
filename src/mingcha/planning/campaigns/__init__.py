"""抽查任务: from a source to an approved roster, and what becomes of it."""
