# find_package(penstock): the target penstock::sdk and the function penstock_add_plugin().
include(${CMAKE_CURRENT_LIST_DIR}/penstockTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/PenstockAddPlugin.cmake)
