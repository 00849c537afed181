# What users of the library link: hipchat::hipchat, the same name in this tree, in a tree that adds
# this one, and after installation.

include(CMakePackageConfigHelpers)
option(HIPCHAT_INSTALL "Install the library and its CMake package" ${PROJECT_IS_TOP_LEVEL})

# find_package(hipchat-connect) is answered by this tree wherever this tree is part of the build, so
# that a project's own CMakeLists.txt need not know which of the three it is in.
add_library(hipchat::hipchat ALIAS hipchat_addon)
file(WRITE ${CMAKE_FIND_PACKAGE_REDIRECTS_DIR}/hipchat-connect-config.cmake
  "# hipchat::hipchat is a target of this build.\n")
write_basic_package_version_file(
  ${CMAKE_FIND_PACKAGE_REDIRECTS_DIR}/hipchat-connect-config-version.cmake
  VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)

if(HIPCHAT_INSTALL)
  set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/hipchat-connect)

  # Installed names: hipchat::hipchat is what to link, the rooms below it are its parts.
  set(rooms base protocol transport storage)
  foreach(room IN LISTS rooms)
    set_target_properties(hipchat_${room} PROPERTIES EXPORT_NAME ${room})
    list(APPEND packaged hipchat_${room})
  endforeach()
  set_target_properties(hipchat_addon PROPERTIES EXPORT_NAME hipchat)

  install(DIRECTORY include/hipchat DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(TARGETS ${packaged} hipchat_addon EXPORT hipchat-connect
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT hipchat-connect NAMESPACE hipchat:: FILE hipchat-connect-targets.cmake
    DESTINATION ${package_folder})

  configure_package_config_file(cmake/hipchat-connect-config.cmake.in
    ${PROJECT_BINARY_DIR}/hipchat-connect-config.cmake INSTALL_DESTINATION ${package_folder})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/hipchat-connect-config-version.cmake
    VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/hipchat-connect-config.cmake
    ${PROJECT_BINARY_DIR}/hipchat-connect-config-version.cmake DESTINATION ${package_folder})
endif()
