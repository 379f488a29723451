# Builds for 64-bit Windows with MinGW. Its runtime is linked in, so that what is built runs without a directory of DLLs.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
find_program(CMAKE_C_COMPILER NAMES x86_64-w64-mingw32-gcc-posix x86_64-w64-mingw32-gcc REQUIRED)
find_program(CMAKE_CXX_COMPILER NAMES x86_64-w64-mingw32-g++-posix x86_64-w64-mingw32-g++ REQUIRED)
find_program(CMAKE_RC_COMPILER NAMES x86_64-w64-mingw32-windres)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
set(CMAKE_MODULE_LINKER_FLAGS_INIT -static)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)

# Of this machine's headers those of Boost hold for Windows too; those beside them do not.
find_path(PENSTOCK_BOOST_HEADERS boost/dll/shared_library.hpp PATHS /usr/local/include /usr/include REQUIRED)
set(boost ${CMAKE_BINARY_DIR}/boost_headers)
file(MAKE_DIRECTORY ${boost})
file(CREATE_LINK ${PENSTOCK_BOOST_HEADERS}/boost ${boost}/boost SYMBOLIC)
set(CMAKE_CXX_STANDARD_INCLUDE_DIRECTORIES ${boost})
