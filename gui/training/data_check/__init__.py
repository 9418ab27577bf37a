"""The check of a training's data: findings with thumbnails, label statistics, anchor sizes."""
