#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "host/api/assets.hpp"
#include "running_host.hpp"

namespace hipchat::host::testing {
namespace {

TEST(pages, begin_with_the_first_room) {
    const temporary_folder folder;
    const running_host host(folder.file("data"));
    const plain_answer answer = host.get("/");
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(answer.header("Location"), "/rooms/1");
}

TEST(pages, are_sent_with_a_policy_that_runs_nothing_but_our_own_files) {
    const temporary_folder folder;
    const running_host host(folder.file("data"));
    for (const char* const page : {"/rooms/1", "/rooms/Lobby", "/rooms/1/integrations"}) {
        const plain_answer answer = host.get(page);
        EXPECT_EQ(answer.status, 200) << page;
        EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=utf-8");
        EXPECT_TRUE(answer.header("Content-Security-Policy").starts_with("default-src 'none';"));
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer");
        EXPECT_NE(answer.body.find("<!doctype html>"), std::string::npos);
    }
    EXPECT_EQ(host.get("/rooms/99").status, 404);
}

TEST(assets, are_embedded_byte_for_byte_and_sorted) {
    const auto all = embedded_web();
    ASSERT_FALSE(all.empty());
    EXPECT_TRUE(std::ranges::is_sorted(all, {}, &asset::path));
    for (const asset& each : all) {
        std::ifstream file(std::string(HIPCHAT_WEB) + "/" + std::string(each.path),
                           std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(file), {});
        EXPECT_TRUE(each.bytes == bytes) << each.path;
    }
}

TEST(assets, are_not_sent_again_to_who_has_them) {
    const temporary_folder folder;
    const running_host host(folder.file("data"));
    const plain_answer first = host.get("/assets/room.js");
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(first.header("Content-Type"), "text/javascript; charset=utf-8");
    const plain_answer again =
        host.send("GET", "/assets/room.js", "", {{"If-None-Match", first.header("ETag")}});
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.body.empty());
}

TEST(assets, never_leave_their_folder) {
    const temporary_folder folder;
    std::filesystem::create_directories(folder.path() / "web/assets/.git");
    std::ofstream(folder.file("web/assets/room.js")) << "from disk";
    std::ofstream(folder.file("web/assets/.git/config")) << "hidden";
    std::ofstream(folder.file("secret.txt")) << "secret";
    const running_host from_disk(folder.file("data"), [&](host_options& options) {
        options.assets_folder = folder.file("web");
    });
    const running_host embedded(folder.file("other"));
    EXPECT_EQ(from_disk.get("/assets/room.js").body, "from disk");
    for (const running_host* const host : {&from_disk, &embedded})
        for (const char* const target :
             {"/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt",
              "/assets/..%2f..%2fsecret.txt", "/assets/.git/config", "/assets//etc/passwd",
              "/assets/%2fetc%2fpasswd", "/assets/..%5csecret.txt", "/assets/",
              "/assets/nothing.js"})
            EXPECT_EQ(host->get(target).status, 404) << target;
}

// proves: host 11 script files
TEST(frame_files, are_served_under_the_names_that_old_pages_load) {
    const temporary_folder folder;
    const running_host host(folder.file("data"));
    const plain_answer script = host.get("/atlassian-connect/all.js");
    EXPECT_EQ(script.status, 200);
    EXPECT_EQ(script.header("Content-Type"), "text/javascript; charset=utf-8");
    EXPECT_EQ(script.header("Cross-Origin-Resource-Policy"), "cross-origin");
    EXPECT_EQ(host.get("/atlassian-connect/all-debug.js").body, script.body);
    const plain_answer style = host.get("/atlassian-connect/all.css");
    EXPECT_EQ(style.status, 200);
    EXPECT_EQ(style.header("Content-Type"), "text/css; charset=utf-8");
    EXPECT_EQ(host.get("/atlassian-connect/all-debug.css").body, style.body);
    EXPECT_EQ(host.get("/connect/frame_host.js").status, 200);
    for (const char* const nothing : {"/atlassian-connect/frame_host.js", "/atlassian-connect/",
                                      "/connect/nothing.js", "/connect/%2e%2e/room.html"})
        EXPECT_EQ(host.get(nothing).status, 404) << nothing;
}

}  // namespace
}  // namespace hipchat::host::testing
