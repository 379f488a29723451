"""What the figures were measured on and with."""
import os
import subprocess

import contestants

LOAD_BEFORE = os.getloadavg()[0]  # when this script begins: what is told by the wall's time is worth little beside others


def cmake_cache():
    with open(contestants.BUILD / "CMakeCache.txt") as file:
        return dict(line.strip().split("=", 1) for line in file if "=" in line and not line.startswith(("#", "/")))


def processor():
    with open("/proc/cpuinfo") as file:
        return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown processor")


def described():
    cache = cmake_cache()
    compiler = next(value for name, value in cache.items() if name.startswith("CMAKE_CXX_COMPILER:"))
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    flags = next(value for name, value in cache.items() if name.startswith("CMAKE_CXX_FLAGS_RELEASE:"))
    return f"{processor()}, {os.cpu_count()} cores with a load of {LOAD_BEFORE:.1f} before; {version}, {flags}"
