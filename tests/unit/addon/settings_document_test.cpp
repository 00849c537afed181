// The document's table of settings says what the program's own table says.

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "addon/settings.hpp"

namespace hipchat::addons {
namespace {

std::string row_of(const setting& one) {
    return "| `" + std::string(one.variable) + "` | `" + std::string(one.flag) + "` | "
           + std::string(one.meaning) + " |";
}

// The rows of a document, in its order.
std::vector<std::string> rows_in(const std::string& path) {
    std::ifstream document(path);
    std::vector<std::string> rows;
    for (std::string line; std::getline(document, line);)
        if (line.starts_with("| `AC_")) rows.push_back(line);
    return rows;
}

TEST(settings_document, has_one_row_for_each_setting_and_no_other) {
    std::vector<std::string> wanted;
    std::string table;
    for (const setting& one : all_settings()) {
        wanted.push_back(row_of(one));
        table += wanted.back() + "\n";
    }
    EXPECT_EQ(rows_in(HIPCHAT_SETTINGS_DOCUMENT), wanted)
        << "docs/guide/settings.md must have this table:\n"
        << table;
}

}  // namespace
}  // namespace hipchat::addons
