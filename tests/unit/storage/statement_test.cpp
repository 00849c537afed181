#include "storage/sqlite/statement.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <limits>

#include "support/temporary_folder.hpp"

namespace hipchat::storage::sqlite {
namespace {

using namespace std::string_literals;

class statements : public ::testing::Test {
protected:
    static std::string empty_file(const std::string& path) {
        const std::ofstream made(path);
        return path;
    }

    testing::temporary_folder folder_;
    std::string path_ = empty_file(folder_.file("test.db"));
    connection on_{path_, access::read_write};
};

TEST_F(statements, keep_text_integers_bytes_and_null_as_they_are) {
    on_.exec("CREATE TABLE things (a, b, c, d, e)");
    const std::array bytes = {std::byte{0}, std::byte{255}, std::byte{'\''}};
    const std::string text = "quote ' zero \0 snow \xE2\x98\x83"s;
    on_.run("INSERT INTO things VALUES (?, ?, ?, ?, ?)", text,
            std::numeric_limits<std::int64_t>::min(), std::span<const std::byte>(bytes),
            std::nullopt, 0.5);

    statement row = on_.query("SELECT a, b, c, d, e FROM things");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.text(0), text);
    EXPECT_EQ(row.integer(1), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(row.blob(2), "\0\xFF'"s);
    EXPECT_TRUE(row.is_null(3));
    EXPECT_EQ(row.text(3), "");
    EXPECT_EQ(row.optional_text(3), std::nullopt);
    EXPECT_EQ(row.optional_integer(3), std::nullopt);
    EXPECT_EQ(row.optional_integer(1), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(row.real(4), 0.5);
    EXPECT_FALSE(row.step());
}

TEST_F(statements, tell_an_empty_text_from_null) {
    on_.exec("CREATE TABLE things (a, b, c)");
    on_.run("INSERT INTO things VALUES (?, ?, ?)", std::string_view(), std::optional<std::string>(),
            std::span<const std::byte>());
    statement row = on_.query("SELECT a, b, c FROM things");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.optional_text(0), "");
    EXPECT_EQ(row.optional_text(1), std::nullopt);
    EXPECT_FALSE(row.is_null(2));
}

TEST_F(statements, may_nest_with_the_same_text) {
    on_.exec("CREATE TABLE n (i INTEGER); INSERT INTO n VALUES (1), (2), (3)");
    constexpr std::string_view sql = "SELECT i FROM n WHERE i > ? ORDER BY i";
    std::string seen;
    for (statement outer = on_.query(sql, 1); outer.step();)
        for (statement inner = on_.query(sql, outer.integer(0)); inner.step();)
            seen += outer.text(0) + inner.text(0) + " ";
    EXPECT_EQ(seen, "23 ");
}

TEST_F(statements, forget_their_values_when_they_are_given_back) {
    constexpr std::string_view sql = "SELECT ?";
    {
        statement first = on_.query(sql, "something");
        first.step();
    }
    statement second = on_.prepare(sql);
    ASSERT_TRUE(second.step());
    EXPECT_TRUE(second.is_null(0));
}

TEST_F(statements, survive_more_texts_than_the_cache_holds) {
    for (int i = 0; i < 1000; ++i) {
        statement row = on_.prepare("SELECT " + std::to_string(i));
        ASSERT_TRUE(row.step());
        EXPECT_EQ(row.integer(0), i);
    }
}

TEST_F(statements, count_the_rows_they_change) {
    on_.exec("CREATE TABLE n (i INTEGER)");
    EXPECT_EQ(on_.run("INSERT INTO n VALUES (?), (?)", 1, 2), 2);
    EXPECT_EQ(on_.run("UPDATE n SET i = i + 1 WHERE i > ?", 7), 0);
    EXPECT_EQ(on_.run("DELETE FROM n WHERE i = ?", 2), 1);
}

TEST_F(statements, throw_a_broken_rule_as_its_own_type_without_the_value) {
    on_.exec("CREATE TABLE people (name TEXT UNIQUE)");
    on_.run("INSERT INTO people VALUES (?)", "hush-hush");
    try {
        on_.run("INSERT INTO people VALUES (?)", "hush-hush");
        FAIL() << "the second insert was accepted";
    } catch (const constraint_error& error) {
        const std::string what = error.what();
        EXPECT_NE(what.find("people.name"), std::string::npos) << what;
        EXPECT_NE(what.find("INSERT INTO people"), std::string::npos) << what;
        EXPECT_EQ(what.find("hush"), std::string::npos) << what;
    }
}

TEST_F(statements, enforce_foreign_keys) {
    on_.exec("CREATE TABLE a (i INTEGER PRIMARY KEY); CREATE TABLE b (i REFERENCES a)");
    EXPECT_THROW(on_.run("INSERT INTO b VALUES (?)", 1), constraint_error);
}

TEST_F(statements, refuse_an_integer_that_no_column_can_hold) {
    EXPECT_THROW(on_.query("SELECT ?", std::numeric_limits<std::uint64_t>::max()), storage_error);
}

TEST_F(statements, refuse_a_value_without_a_placeholder_and_bad_sql) {
    EXPECT_THROW(on_.query("SELECT 1", 1), storage_error);
    EXPECT_THROW(on_.prepare("SELEKT 1"), storage_error);
    EXPECT_THROW(on_.exec("SELECT 1; SELEKT 1"), storage_error);
}

TEST_F(statements, change_nothing_on_a_reading_connection) {
    on_.exec("CREATE TABLE n (i INTEGER)");
    connection reader(path_, access::read_only);
    EXPECT_THROW(reader.run("INSERT INTO n VALUES (1)"), storage_error);
    EXPECT_FALSE(reader.query("SELECT i FROM n").step());
}

TEST_F(statements, name_the_file_that_cannot_be_opened) {
    try {
        const connection missing(folder_.file("missing.db"), access::read_write);
        FAIL() << "a missing file was opened";
    } catch (const storage_error& error) {
        EXPECT_NE(std::string(error.what()).find("missing.db"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace hipchat::storage::sqlite
