// Files that anybody may have: which there are, what is said about them, and when they are not
// sent.

#include "addon/pages/file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "addon/pages/http_date.hpp"
#include "hipchat/errors.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::addons {
namespace {

using std::chrono::seconds;

void write(const std::string& path, std::string_view text) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::vector<std::string> names_of(const files& all) {
    std::vector<std::string> names;
    for (const auto& [name, content] : all)
        names.push_back(name);
    return names;
}

std::string header_of(const reply& from, std::string_view name) {
    for (const auto& [each, value] : from.headers)
        if (each == name) return value;
    return {};
}

reply asked(const file& what, std::string_view name = "", std::string_view value = "") {
    const std::vector<transport::header> headers = {{name, value}};
    inbound request;
    request.headers = headers;
    return send_file(what, request);
}

TEST(folder, is_read_with_all_below_it_but_for_what_is_hidden) {
    const testing::temporary_folder folder;
    write(folder.file("a.css"), "a");
    write(folder.file("deep/er/b c.js"), "b");
    write(folder.file(".env"), "secret");
    write(folder.file(".git/config"), "secret");
    const files all = read_folder(folder.path().string(), 100);
    EXPECT_EQ(names_of(all), (std::vector<std::string>{"a.css", "deep/er/b c.js"}));
    EXPECT_EQ(all.at("a.css").bytes, "a");
    EXPECT_EQ(all.at("a.css").content_type, "text/css; charset=utf-8");
}

TEST(folder, gives_nothing_away_that_links_lead_to) {
    const testing::temporary_folder outside;
    write(outside.file("passwd"), "secret");
    const testing::temporary_folder folder;
    write(folder.file("real.txt"), "real");
    std::filesystem::create_symlink(outside.file("passwd"), folder.path() / "stolen.txt");
    std::filesystem::create_directory_symlink(outside.path(), folder.path() / "way-out");
    std::filesystem::create_symlink(folder.file("real.txt"), folder.path() / "within.txt");
    EXPECT_EQ(names_of(read_folder(folder.path().string(), 100)),
              (std::vector<std::string>{"real.txt", "within.txt"}));
}

TEST(folder, is_refused_when_it_is_none_or_too_much) {
    const testing::temporary_folder folder;
    write(folder.file("a"), std::string(101, 'a'));
    EXPECT_THROW(read_folder(folder.path().string(), 100), config_error);
    EXPECT_THROW(read_folder(folder.file("a"), 1000), config_error);
    EXPECT_THROW(read_folder(folder.file("missing"), 1000), config_error);
}

TEST(sent_file, comes_with_what_a_cache_needs) {
    file what = embedded_file("a.js", "let a;");
    what.changed_at = seconds(784'111'777);
    const reply full = asked(what);
    EXPECT_EQ(full.status, 200);
    EXPECT_EQ(full.static_body, "let a;");
    EXPECT_EQ(full.content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(header_of(full, "ETag"), what.etag);
    EXPECT_EQ(header_of(full, "Last-Modified"), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(header_of(full, "Cache-Control"), "public, max-age=300");
    EXPECT_EQ(header_of(full, "X-Content-Type-Options"), "nosniff");
}

TEST(sent_file, is_not_sent_to_who_has_it) {
    file what = embedded_file("a.js", "let a;");
    what.changed_at = seconds(784'111'777);
    for (const std::string& tags :
         {what.etag, "W/" + what.etag, "\"other\", " + what.etag + " , \"x\"", std::string("*")}) {
        const reply same = asked(what, "If-None-Match", tags);
        EXPECT_EQ(same.status, 304) << tags;
        EXPECT_TRUE(same.static_body.empty());
        EXPECT_EQ(header_of(same, "ETag"), what.etag);
    }
    EXPECT_EQ(asked(what, "If-None-Match", "\"other\"").status, 200);
    EXPECT_EQ(asked(what, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT").status, 304);
    EXPECT_EQ(asked(what, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:38 GMT").status, 304);
    EXPECT_EQ(asked(what, "If-Modified-Since", "Sun, 06 Nov 1994 08:49:36 GMT").status, 200);
    EXPECT_EQ(asked(what, "If-Modified-Since", "yesterday").status, 200);
}

TEST(sent_file, has_a_tag_of_its_bytes) {
    EXPECT_EQ(embedded_file("a", "same").etag, embedded_file("b", "same").etag);
    EXPECT_NE(embedded_file("a", "same").etag, embedded_file("a", "other").etag);
}

TEST(content_type, comes_from_the_ending_whatever_its_case) {
    EXPECT_EQ(content_type_of("a.PNG"), "image/png");
    EXPECT_EQ(content_type_of("a.min.js"), "text/javascript; charset=utf-8");
    EXPECT_EQ(content_type_of("a.exe"), "application/octet-stream");
    EXPECT_EQ(content_type_of("README"), "application/octet-stream");
}

TEST(http_date, is_written_and_read) {
    EXPECT_EQ(http_date(seconds(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
    for (const std::int64_t time : {0LL, 784'111'777LL, 951'782'400LL, 4'102'444'799LL})
        EXPECT_EQ(read_http_date(http_date(seconds(time))), seconds(time)) << time;
    for (const char* text : {"", "Sun Nov  6 08:49:37 1994", "Sunday, 06-Nov-94 08:49:37 GMT",
                             "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC",
                             "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT"})
        EXPECT_EQ(read_http_date(text), std::nullopt) << text;
}

}  // namespace
}  // namespace hipchat::addons
