# A host that adds us as a sub-folder links our targets from its own: what they link must be visible there too.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)

find_package(Threads REQUIRED)
# 1.81 is the first whose MSM compiles as C++20 and whose Asio has any_completion_handler.
find_package(Boost 1.81 CONFIG REQUIRED)
# RocksDB calls itself compatible within a major version only; 7.8 to 9.10 are what we build with.
find_package(RocksDB CONFIG REQUIRED)
if(RocksDB_VERSION VERSION_LESS 7.8)
  message(FATAL_ERROR "RocksDB ${RocksDB_VERSION} is too old: 7.8 or newer is needed")
endif()
find_package(Protobuf 3.21 REQUIRED)
find_package(fmt 9 CONFIG REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
# The zones of calendars; the standard library has none before g++ 14.
find_package(date 3.0 CONFIG REQUIRED)
