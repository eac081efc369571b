#include <fstream>
#include <sstream>

#include "folder.h"
#include "program.h"
#include "support/catch.h"

using pavior::test::Folder;
using pavior::test::has;
using pavior::test::Ran;
using pavior::test::run;

namespace {

const std::string labelled_rows =
    "id,title,text,category\n"
    "1,路灯,路灯坏了,lighting\n2,路灯,路灯不亮,lighting\n3,路灯,一直不亮的路灯,lighting\n4,黑,路灯全灭,lighting\n"
    "5,垃圾,垃圾没人清运,waste\n6,垃圾,垃圾桶满了,waste\n7,臭,垃圾堆积,waste\n8,臭,到处是垃圾,waste\n";

std::string content(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

Ran train(const std::string& csv, const std::string& model, const std::string& text = "title,text") {
  return run({"classify", "train", "--csv", csv, "--text", text, "--label", "category", "--model", model, "--json"});
}

}  // namespace

TEST_CASE("the program trains a model, twice to the same bytes, and asks it") {
  const Folder folder;
  const auto csv = folder.write("rows.csv", labelled_rows).string();
  const auto model = (folder / "town.model").string();
  const auto trained = train(csv, model);
  REQUIRE(trained.code == 0);
  CHECK(trained.number("rows") == 8);
  CHECK(trained.number("categories") == 2);
  CHECK(trained.json().fields().at("name").string_value() == "town");
  const auto bytes = content(model);
  const auto zipped = folder.write_gzip("rows.csv.gz", labelled_rows).string();
  REQUIRE(train(zipped, model).code == 0);
  CHECK(content(model) == bytes);

  const auto asked = run({"classify", "ask", "--model", model, "门口路灯不亮", "--json"});
  REQUIRE(asked.code == 0);
  const auto answer = asked.json();
  CHECK(answer.fields().at("version").string_value() == trained.json().fields().at("version").string_value());
  const auto& likeliest = answer.fields().at("guesses").list_value().values(0).struct_value();
  CHECK(likeliest.fields().at("category").string_value() == "lighting");
  CHECK(likeliest.fields().at("reasons").list_value().values_size() > 0);
  const auto in_words = run({"classify", "ask", "--model", model, "门口路灯不亮", "垃圾"});
  CHECK(in_words.code == 0);
  CHECK(has(in_words.out, "lighting  "));
  CHECK(has(in_words.out, "路灯 +"));
}

TEST_CASE("rows that cannot be used are left out and told by their line") {
  const Folder folder;
  const auto csv = folder.write("rows.csv", labelled_rows + "9,x,y\n10,,,waste\n11,x,y,\n12,x,\"y,waste\n").string();
  const auto trained = train(csv, (folder / "model").string());
  CHECK(trained.code == 0);
  CHECK(trained.number("rows") == 8);
  CHECK(has(trained.err, csv + ":10: left out: expected 4 fields, got 3"));
  CHECK(has(trained.err, csv + ":11: left out: it has no text"));
  CHECK(has(trained.err, csv + ":12: left out: it has no label"));
  CHECK(has(trained.err, csv + ":13: left out: a quotation mark opens a field and nothing closes it"));
  CHECK(has(trained.err, "4 rows left out, 8 read"));
}

TEST_CASE("what cannot be learned of leaves no model behind") {
  const Folder folder;
  const auto model = folder / "model";
  const auto refused = [&](const std::string& csv, const std::string& text, std::string_view why) {
    const auto ran = train(folder.write("rows.csv", csv).string(), model.string(), text);
    CHECK(ran.code == 3);
    INFO(ran.err);
    CHECK(has(ran.err, why));
    CHECK_FALSE(std::filesystem::exists(model));
  };
  refused("", "text", "the file is empty; a heading is expected");
  refused(labelled_rows, "words", "the heading has no column 'words', but id, title, text, category");
  refused("text,category\na,x\nb,x\n", "text", "all 2 rows are of the category x");
  refused("text,category\n", "text", "there are no rows to learn from");
  const auto nowhere = train(folder.write("rows.csv", labelled_rows).string(), (folder / "no/such/folder").string());
  CHECK(nowhere.code == 3);
  CHECK(has(nowhere.err, "cannot be written"));
}

TEST_CASE("a test says how often people and the model agree, beside always answering the most common category") {
  const Folder folder;
  std::string many = "text,category\n";
  for (int i = 0; i < 200; ++i) {
    const auto number = std::to_string(i);
    many += i % 3 == 0 ? "路灯" + number + "不亮,lighting\n" : "垃圾" + number + "没清,waste\n";
  }
  const auto csv = folder.write("rows.csv", many).string();
  const std::vector<std::string> test{"classify", "test", "--csv", csv, "--text", "text", "--label", "category"};
  auto with_json = test;
  with_json.emplace_back("--json");
  const auto tested = run(with_json);
  REQUIRE(tested.code == 0);
  CHECK(tested.number("accuracy") == 1);
  CHECK(tested.number("macro_f1") == 1);
  CHECK(tested.number("baseline_accuracy") > 0.5);
  CHECK(tested.number("baseline_accuracy") < 0.8);
  CHECK(tested.number("rows") > 40);
  CHECK(tested.number("rows") < 80);
  CHECK(tested.json().fields().at("most_common").string_value() == "waste");
  const auto page = run(test);
  CHECK(page.code == 0);
  for (const auto* part : {"accuracy  1.0000", "baseline  0.", "precision", "confidence at least"})
    CHECK(has(page.out, part));
  CHECK(run(with_json).out == tested.out);
}

TEST_CASE("a model can be tested on rows it has never met") {
  const Folder folder;
  const auto model = (folder / "model").string();
  REQUIRE(train(folder.write("rows.csv", labelled_rows).string(), model).code == 0);
  const auto other =
      folder.write("other.csv", "text,category\n路灯又灭了,lighting\n垃圾成堆,waste\n积水,drains\n").string();
  const auto tested =
      run({"classify", "test", "--csv", other, "--text", "text", "--label", "category", "--model", model, "--json"});
  REQUIRE(tested.code == 0);
  CHECK(tested.number("rows") == 3);
  CHECK(tested.number("accuracy") == 0.6667);  // It has never heard of drains.
}

TEST_CASE("a file that is no model is refused by every verb that needs one") {
  const Folder folder;
  const auto csv = folder.write("rows.csv", labelled_rows).string();
  const auto asked = run({"classify", "ask", "--model", csv, "路灯"});
  CHECK(asked.code == 3);
  CHECK(has(asked.err, "rows.csv: this is no model file"));
  CHECK(run({"classify", "test", "--csv", csv, "--text", "text", "--label", "category", "--model", csv}).code == 3);
  CHECK(run({"classify", "ask", "--model", (folder / "none").string(), "路灯"}).code == 1);
  CHECK(run({"classify", "ask", "路灯"}).code == 2);
}
