#include <rocksdb/db.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <fstream>
#include <map>
#include <random>

#include "pavior/testing.h"
#include "support/catch.h"
#include "support/child.h"
#include "support/raw_store.h"
#include "support/traffic.h"

using namespace pavior;
using namespace pavior::test;
using store::Family;

namespace {

/// "opened", or the code and the message.
std::string open_at(const std::filesystem::path& path, const Options& options = tiny_options()) {
  SimulatedRuntime runtime;
  auto engine = Engine::open(path, options, runtime);
  if (engine) return "opened";
  return std::string(to_string(engine.error().code())) + ": " + engine.error().message();
}

bool contains(const std::string& text, const std::string& part) {
  UNSCOPED_INFO(text);
  return text.find(part) != std::string::npos;
}

void make_foreign_file(const std::filesystem::path& path) { std::ofstream(path) << "mine"; }

std::vector<std::string> files_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder)) names.push_back(file.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

/// Another program's database: some families, and a row in the first of them.
void make_foreign(const std::filesystem::path& path, const std::vector<std::string>& families) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  REQUIRE(rocksdb::DB::Open(options, path.string(), &opened).ok());
  const std::unique_ptr<rocksdb::DB> database(opened);
  for (const std::string& name : families) {
    rocksdb::ColumnFamilyHandle* family = nullptr;
    REQUIRE(database->CreateColumnFamily({}, name, &family).ok());
    REQUIRE(database->DestroyColumnFamilyHandle(family).ok());
  }
  REQUIRE(database->Put({}, "theirs", "1").ok());
}

std::vector<std::string> families_of(const std::filesystem::path& path) {
  std::vector<std::string> families;
  REQUIRE(rocksdb::DB::ListColumnFamilies({}, path.string(), &families).ok());
  return families;
}

std::vector<std::string> run_child(std::vector<std::string> command) {
  command.insert(command.begin(), PAVIOR_STORE_CHILD);
  Child child(std::move(command));
  const int status = child.finish();
  CHECK(status == 0);
  return child.lines();
}

}  // namespace

TEST_CASE("a store is created where there is nothing, and in an empty folder") {
  StoreFolder folder;
  CHECK(open_at(folder.path()) == "opened");
  CHECK(open_at(folder.path() / "deep" / "below") == "opened");
  CHECK(open_at(folder.path()) == "opened");
}

TEST_CASE("without leave to create, a missing store is not found and nothing appears") {
  StoreFolder folder;
  Options options = tiny_options();
  options.create_if_missing = false;
  CHECK(contains(open_at(folder.path() / "none", options), "not_found: there is no store at"));
  CHECK(contains(open_at(folder.path(), options), "not_found: there is no store at"));
  options = tiny_options();
  options.access = Access::follower;
  CHECK(contains(open_at(folder.path() / "none", options), "not_found: there is no store at"));
  CHECK(files_in(folder.path()).empty());
}

TEST_CASE("a folder that holds something else is refused and stays as it is") {
  for (const char* name : {"notes.txt", "LOCK.txt", "data.log"}) {
    StoreFolder folder;
    make_foreign_file(folder.path() / name);
    make_foreign_file(folder.path() / "LOCK");
    CHECK(contains(open_at(folder.path()), "holds something else; name a store's folder, an empty or a new one"));
    CHECK(files_in(folder.path()).size() == 2);
  }
}

TEST_CASE("a path that is a file, or leads through one, is refused") {
  StoreFolder folder;
  make_foreign_file(folder.path() / "file");
  CHECK(contains(open_at(folder.path() / "file"), "invalid: "));
  CHECK(contains(open_at(folder.path() / "file"), "is not a folder"));
  CHECK(contains(open_at(folder.path() / "file" / "below"), "unavailable: cannot create the folder"));
}

TEST_CASE("a store opened twice is unavailable to the second, in this process and in another") {
  StoreFolder folder;
  SimulatedRuntime runtime;
  const auto engine = Engine::open(folder.path(), tiny_options(), runtime);
  REQUIRE(engine);
  CHECK(contains(open_at(folder.path()), "is open in another process or engine"));
  const auto said = run_child({"open", folder.path()});
  REQUIRE(said.size() == 1);
  CHECK(
      contains(said[0], "unavailable: the store " + folder.path().string() + " is open in another process or engine"));
}

TEST_CASE("another program's database is refused and untouched") {
  for (const std::vector<std::string>& theirs : {std::vector<std::string>{}, {"log"}, {"pages"}}) {
    StoreFolder folder;
    make_foreign(folder.path(), theirs);
    const auto before = families_of(folder.path());
    CHECK(contains(open_at(folder.path()), "another program's"));
    CHECK(families_of(folder.path()) == before);
  }
}

TEST_CASE("a store of a newer format is refused by name, and stays as it is") {
  StoreFolder folder;
  CHECK(open_at(folder.path()) == "opened");
  for (const char* format : {"2", "10", "x", ""}) {
    RawStore(folder.path()).put(Family::meta, "format", "1");
    RawStore(folder.path()).put(Family::meta, "format", format);
    const std::string said = open_at(folder.path());
    CHECK(contains(said, "corrupt: "));
    CHECK(contains(said, std::string("has format '") + format + "', this version of pavior reads format 1"));
    CHECK(contains(open_at(folder.path()), "has format"));
    rocksdb::DB* opened = nullptr;  // the row can only be put back from outside
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : families_of(folder.path()))
      families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    REQUIRE(rocksdb::DB::Open({}, folder.path().string(), families, &handles, &opened).ok());
    const std::unique_ptr<rocksdb::DB> database(opened);
    std::string stored;
    CHECK(database->Get({}, "format", &stored).ok());
    CHECK(stored == format);
    REQUIRE(database->Put({}, "format", "1").ok());
    for (auto* handle : handles) database->DestroyColumnFamilyHandle(handle);
  }
}

TEST_CASE("a store with a family of a newer version is refused") {
  StoreFolder folder;
  CHECK(open_at(folder.path()) == "opened");
  {
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : families_of(folder.path()))
      families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    REQUIRE(rocksdb::DB::Open({}, folder.path().string(), families, &handles, &opened).ok());
    const std::unique_ptr<rocksdb::DB> database(opened);
    rocksdb::ColumnFamilyHandle* added = nullptr;
    REQUIRE(database->CreateColumnFamily({}, "people", &added).ok());
    database->DestroyColumnFamilyHandle(added);
    for (auto* handle : handles) database->DestroyColumnFamilyHandle(handle);
  }
  CHECK(contains(open_at(folder.path()), "a newer version wrote it"));
}

TEST_CASE("a store whose format is lost while it has events is corrupt") {
  StoreFolder folder;
  SimulatedRuntime runtime;
  REQUIRE(Engine::open(folder.path(), tiny_options(), runtime).value()->submit_and_wait(to("a", "Deposit", "1")));
  RawStore(folder.path()).erase(Family::meta, "format");
  CHECK(contains(open_at(folder.path()), "has events and no row that tells its format"));
}

TEST_CASE("a folder without leave to write is unavailable, and says so") {
  StoreFolder folder;
  CHECK(open_at(folder.path() / "store") == "opened");
  std::filesystem::create_directory(folder.path() / "empty");
  using std::filesystem::perms;
  for (const char* name : {"", "store", "empty"})
    std::filesystem::permissions(folder.path() / name,
                                 perms::owner_read | perms::owner_exec | perms::others_read | perms::others_exec);
  const auto store = run_child({"open-unprivileged", folder.path() / "store"});
  const auto empty = run_child({"open-unprivileged", folder.path() / "empty"});
  const auto missing = run_child({"open-unprivileged", folder.path() / "missing"});
  for (const char* name : {"", "store", "empty"}) std::filesystem::permissions(folder.path() / name, perms::owner_all);
  REQUIRE(store.size() == 1);
  REQUIRE(empty.size() == 1);
  REQUIRE(missing.size() == 1);
  CHECK(contains(store[0], "unavailable: the store " + (folder.path() / "store").string() + " is not writable"));
  CHECK(contains(empty[0], "unavailable: the store " + (folder.path() / "empty").string() + " is not writable"));
  CHECK(contains(missing[0], "unavailable: cannot create the folder"));
}

TEST_CASE("when the disk is full, commands are unavailable and nothing acknowledged is lost") {
  for (const char* bytes : {"20000", "60000"}) {
    StoreFolder folder;
    CHECK(open_at(folder.path()) == "opened");
    const auto lines = run_child({"fill", folder.path(), bytes});
    REQUIRE(lines.size() > 3);
    for (std::size_t i = lines.size() - 3; i < lines.size(); ++i) CHECK(contains(lines[i], "unavailable: "));
    CHECK(contains(lines.back(), "open the store again and send the same command ids"));

    SimulatedRuntime runtime{Time(std::chrono::hours(1))};
    auto engine = Engine::open(folder.path(), tiny_options(), runtime).value();
    for (std::size_t i = 0; i + 3 < lines.size(); ++i) {
      const auto said = words(lines[i]);
      auto again = engine->submit_and_wait(traffic("fill", std::stoull(said[0])));
      REQUIRE(again);
      CHECK(again->repeated);
      CHECK(std::to_string(number(again->first)) == said[1]);
    }
    CHECK(engine->verify()->problems == std::vector<std::string>{});
  }
}

TEST_CASE("a creation killed at any moment leaves a folder that opens") {
  std::mt19937 random(std::random_device{}());
  for (int round = 0; round < 25; ++round) {
    StoreFolder folder;
    const auto path = folder.path() / "store";
    Child child({PAVIOR_STORE_CHILD, "open", path});
    child.listen(std::chrono::milliseconds(random() % 25));
    child.kill();
    INFO("left behind: " << (std::filesystem::exists(path) ? files_in(path).size() : 0));
    CHECK(open_at(path) == "opened");
  }
}
