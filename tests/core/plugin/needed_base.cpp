namespace plant {
[[gnu::visibility("default")]] int base() { return 1; }
}  // namespace plant
