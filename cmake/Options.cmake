# What a build may choose. Everything that only developers need is on at top level alone.
option(BUILD_SHARED_LIBS "Build shared libraries" OFF)
option(PAVIOR_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(PAVIOR_EXAMPLES "Build the examples and the CLI driver" ${PROJECT_IS_TOP_LEVEL})
option(PAVIOR_BENCH "Build the benchmarks" ${PROJECT_IS_TOP_LEVEL})
option(PAVIOR_INSTALL "Generate the install target" ${PROJECT_IS_TOP_LEVEL})
option(PAVIOR_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
set(PAVIOR_SANITIZE "" CACHE STRING "Sanitizers to build with, e.g. address,undefined or thread")

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

# Every target of ours is built with these; a consumer sees only cxx_std_20.
add_library(pavior_build_flags INTERFACE)
target_compile_options(pavior_build_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                                                    $<$<BOOL:${PAVIOR_WARNINGS_AS_ERRORS}>:-Werror>)
if(PAVIOR_SANITIZE)
  target_compile_options(pavior_build_flags INTERFACE -fsanitize=${PAVIOR_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(pavior_build_flags INTERFACE -fsanitize=${PAVIOR_SANITIZE})
endif()
