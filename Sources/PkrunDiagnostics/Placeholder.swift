// Made in a moment.
