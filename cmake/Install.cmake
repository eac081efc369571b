# find_package(pavior 0.1 CONFIG) for users: pavior::pavior and pavior::city, static or shared as built.
include(CMakePackageConfigHelpers)

set(pavior_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/pavior)
set_target_properties(pavior_city PROPERTIES EXPORT_NAME city)
set_target_properties(pavior_proto PROPERTIES EXPORT_NAME proto)
set_target_properties(pavior_city_proto PROPERTIES EXPORT_NAME city_proto)
install(TARGETS pavior pavior_city pavior_proto pavior_city_proto EXPORT pavior-targets)
if(PAVIOR_CLASSIFIER)
  set_target_properties(pavior_classifier PROPERTIES EXPORT_NAME classifier)
  set_target_properties(pavior_classifier_proto PROPERTIES EXPORT_NAME classifier_proto)
  install(TARGETS pavior_classifier pavior_classifier_proto EXPORT pavior-targets)
endif()
install(EXPORT pavior-targets NAMESPACE pavior:: DESTINATION ${pavior_package_dir})

# The .proto files lie beside the headers made from them, so that one -I serves compiler and protoc.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/pavior DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/proto/pavior ${PROJECT_BINARY_DIR}/proto/pavior
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.proto" PATTERN "*.pb.h")

configure_package_config_file(cmake/pavior-config.cmake.in pavior-config.cmake
                              INSTALL_DESTINATION ${pavior_package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(pavior-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/pavior-config.cmake ${PROJECT_BINARY_DIR}/pavior-config-version.cmake
        DESTINATION ${pavior_package_dir})

# pkg-config has no way to say "static only" about a library's own archive, so it speaks of what was built.
file(RELATIVE_PATH pavior_pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" pavior_pc_prefix ${pavior_pc_prefix})
if(BUILD_SHARED_LIBS)
  set(pavior_pc_requires Requires.private)
else()
  set(pavior_pc_requires Requires)
  set(pavior_pc_libs " -ldate-tz")  # It has no .pc file of its own.
endif()
configure_file(cmake/pavior.pc.in pavior.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/pavior.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
