# penstock_add_plugin(NAME SOURCES FILE...): a plugin library that hides everything but its types.
#
# Makes the target NAME, `lib<NAME>.so` or `<NAME>.dll`, in CMAKE_LIBRARY_OUTPUT_DIRECTORY or else in
# ${CMAKE_BINARY_DIR}/plugins, and installs it into PENSTOCK_PLUGIN_INSTALL_DIR if that is set. Each flag closes a hole
# through which two plugins of one process could reach each other, or one that would show only when the plugin is loaded:
#
#   hidden visibility    no symbol but the exported types can be bound from outside
#   -fno-gnu-unique      g++'s unique symbols are one for the whole process, whatever RTLD_LOCAL says (clang has none)
#   --exclude-libs,ALL   what a static library brings in stays inside
#   -z defs              an undefined symbol is an error of the link, not of the load
#   -Werror=return-type  a `stream` without `co_yield` is no coroutine, and what it returns is undefined
function(penstock_add_plugin name)
  cmake_parse_arguments(arg "" "" "SOURCES" ${ARGN})
  if(NOT arg_SOURCES)
    list(JOIN arg_UNPARSED_ARGUMENTS " " files)
    if(NOT files)
      set(files "${name}.cpp")
    endif()
    message(FATAL_ERROR "penstock_add_plugin(${name}): SOURCES is missing: write penstock_add_plugin(${name} SOURCES ${files})")
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE penstock::sdk)
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang,AppleClang>:-Werror=return-type>)
  set_target_properties(${name} PROPERTIES
    C_VISIBILITY_PRESET hidden
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
  if(NOT CMAKE_LIBRARY_OUTPUT_DIRECTORY)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  endif()
  if(WIN32)
    set_target_properties(${name} PROPERTIES PREFIX "")
  else()
    target_link_options(${name} PRIVATE LINKER:--exclude-libs,ALL)
    # A sanitizer's runtime belongs to the program, so that a sanitized library has undefined symbols by design.
    string(TOUPPER "${CMAKE_BUILD_TYPE}" configuration)
    get_directory_property(options COMPILE_OPTIONS)
    set(flags ${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS} ${CMAKE_C_FLAGS_${configuration}} ${CMAKE_CXX_FLAGS_${configuration}} ${options})
    if(NOT "${flags}" MATCHES "-fsanitize=")
      target_link_options(${name} PRIVATE LINKER:-z,defs)
    endif()
  endif()
  if(PENSTOCK_PLUGIN_INSTALL_DIR)
    install(TARGETS ${name} LIBRARY DESTINATION ${PENSTOCK_PLUGIN_INSTALL_DIR})
  endif()
endfunction()
