# What a build may choose. Everything that only developers need is on at top level alone.
if(PROJECT_IS_TOP_LEVEL)
  option(BUILD_SHARED_LIBS "Build shared libraries" OFF)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
  endif()
endif()
# The tests look inside the library, and a shared one shows only its public interface.
if(PROJECT_IS_TOP_LEVEL AND NOT BUILD_SHARED_LIBS)
  set(pavior_tests_default ON)
else()
  set(pavior_tests_default OFF)
endif()
option(PAVIOR_TESTS "Build the tests; needs static libraries" ${pavior_tests_default})
option(PAVIOR_EXAMPLES "Build the examples and the CLI driver" ${PROJECT_IS_TOP_LEVEL})
option(PAVIOR_BENCH "Build the benchmarks" ${PROJECT_IS_TOP_LEVEL})
option(PAVIOR_CLASSIFIER "Build the text classifier, pavior::classifier" ${PROJECT_IS_TOP_LEVEL})
option(PAVIOR_INSTALL "Generate the install target" ${PROJECT_IS_TOP_LEVEL})
option(PAVIOR_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
option(PAVIOR_UNITY "Compile many sources as one: all of them sooner, a change of one later" OFF)
option(PAVIOR_PRECOMPILE "Precompile what most tests and examples include; a compiler cache gains more without" OFF)
set(PAVIOR_SANITIZE "" CACHE STRING "Sanitizers to build with, e.g. address,undefined or thread")

if(PAVIOR_TESTS AND BUILD_SHARED_LIBS)
  message(FATAL_ERROR "PAVIOR_TESTS needs static libraries: set BUILD_SHARED_LIBS=OFF or PAVIOR_TESTS=OFF")
endif()

# Every target of ours is built with these; a consumer sees only cxx_std_20.
add_library(pavior_build_flags INTERFACE)
target_compile_options(pavior_build_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                                                    $<$<BOOL:${PAVIOR_WARNINGS_AS_ERRORS}>:-Werror>)
# g++ 12 sees overlaps in `"text" + std::string()` that are none (GCC bug 105651), and from precompiled headers overruns as
# well, by the length of a path; clang and the sanitizers see those that are.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(pavior_build_flags INTERFACE
                         -Wno-restrict $<$<BOOL:${PAVIOR_PRECOMPILE}>:-Wno-array-bounds;-Wno-stringop-overflow>)
endif()
if(PAVIOR_SANITIZE)
  target_compile_options(pavior_build_flags INTERFACE -fsanitize=${PAVIOR_SANITIZE} -fno-sanitize-recover=all
                                                      -fno-omit-frame-pointer)
  target_link_options(pavior_build_flags INTERFACE -fsanitize=${PAVIOR_SANITIZE})
  # g++ 12 under sanitizers warns where there is nothing: of Asio's fences, which the thread sanitizer does not see (what
  # they order, locks order too), and of moved-from handlers that only its instrumentation reads.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(pavior_build_flags INTERFACE -Wno-tsan -Wno-maybe-uninitialized)
    # RocksDB is not instrumented, and must not run copies of the standard library's templates that are. (clang's own
    # runtime lies in the executable, and would be hidden as well.)
    target_link_options(
      pavior_build_flags INTERFACE
      $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-Wl,--version-script=${CMAKE_CURRENT_LIST_DIR}/executable.map>)
  endif()
endif()
# Of sources with coroutines: clang 14 cannot compile these with that check.
if(PAVIOR_SANITIZE)
  set(pavior_coroutine_options $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
endif()

# pavior_precompile(target header...): sources still include what they use, since other builds precompile nothing.
function(pavior_precompile target)
  if(PAVIOR_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()
set(pavior_city_headers <algorithm> <chrono> <functional> <map> <memory> <optional> <span> <string> <string_view>
                        <utility> <vector> <fmt/format.h> <google/protobuf/text_format.h>
                        <pavior/city/v1/catalogue.pb.h> <pavior/city/v1/commands.pb.h> <pavior/city/v1/facts.pb.h>
                        <pavior/city/v1/work_order.pb.h>)

# pavior_unity(target [batch]), once the target has its sources: each folder of them is one source, or each batch of so
# many. What they keep to themselves therefore has names of its own in the whole folder, or in the whole target.
function(pavior_unity target)
  if(NOT PAVIOR_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON)
  if(ARGC GREATER 1)
    set_target_properties(${target} PROPERTIES UNITY_BUILD_BATCH_SIZE ${ARGV1})
  else()
    set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
    get_target_property(sources ${target} SOURCES)
    foreach(source IN LISTS sources)
      cmake_path(GET source PARENT_PATH folder)
      string(MAKE_C_IDENTIFIER "folder ${folder}" group)
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
    endforeach()
  endif()
  # g++ takes a source's private types for a header's.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
