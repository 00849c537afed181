// Files and pictures over the REST API: who shares them, what is served, and what is gone.

#include <filesystem>

#include "live_page.hpp"
#include "protocol/base64url.hpp"
#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

const std::string picture("\x89PNG\r\n\x1a\n\0picture", 16);

class rest_files : public rest_caller {
protected:
    plain_answer share(const std::string& token, const std::string& to, const std::string& body,
                       const std::string& type = "multipart/related; boundary=b") const {
        return host_.send("POST", "/v2/" + to + "/share/file", body,
                          {{"Authorization", "Bearer " + token}, {"Content-Type", type}});
    }
    // The URL of the last shared file, without the host.
    std::string last_url() const {
        return std::string(host_.changes_until("message").back().at("file").at("url").as_string());
    }
    std::size_t kept_files() const {
        const auto folder = std::filesystem::directory_iterator(folder_.file("data") + "/files");
        return static_cast<std::size_t>(std::distance(begin(folder), end(folder)));
    }
};

std::string form_of(const std::string& name, const std::string& type, const std::string& bytes,
                    const std::string& more = "") {
    return "--b\r\nContent-Type: application/json; charset=UTF-8\r\n"
           "Content-Disposition: attachment; name=\"metadata\"\r\n\r\n{\"message\":\"see "
           "this\"}\r\n"
           "--b\r\nContent-Type: "
           + type + more + "\r\nContent-Disposition: attachment; name=\"file\"; filename=\"" + name
           + "\"\r\n\r\n" + bytes + "\r\n--b--\r\n";
}

// proves: host 4 serves POST /room/{r}/share/file
TEST_F(rest_files, are_shared_in_a_room_with_what_is_said_about_them) {
    const std::string ada = token_of("Ada");
    const plain_answer shared = share(ada, "room/1", form_of("a b.png", "image/png", picture));
    ASSERT_EQ(shared.status, 204) << shared.body;
    EXPECT_FALSE(shared.header("X-FloodControl-Remaining").empty());
    const json::value said = host_.changes_until("message").back();
    EXPECT_EQ(said.at("text"), "see this");
    EXPECT_EQ(said.at("file").at("name"), "a b.png");
    EXPECT_EQ(said.at("file").at("size").to_number<int>(), 16);
    const plain_answer file = host_.get(last_url());
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.body, picture);
    EXPECT_EQ(file.header("Content-Type"), "image/png");
    EXPECT_EQ(file.header("Content-Disposition"), "inline; filename*=UTF-8''a%20b.png");
    const json::object history = read(ada, "/v2/room/1/history");
    EXPECT_EQ(history.at("items").at(0).at("file").at("url"),
              json::string(host_.base() + last_url()));
}

TEST_F(rest_files, may_come_in_base64) {
    const std::string ada = token_of("Ada");
    const std::string text = protocol::base64_encode(picture).insert(4, "\r\n");
    const std::string coding = "\r\nContent-Transfer-Encoding: base64";
    EXPECT_EQ(share(ada, "room/1", form_of("a.png", "image/png", text, coding)).status, 204);
    EXPECT_EQ(host_.get(last_url()).body, picture);
    EXPECT_EQ(field_of(share(ada, "room/1", form_of("a.png", "image/png", "-", coding))), "file");
}

TEST_F(rest_files, may_be_larger_than_any_other_body) {
    const std::string ada = token_of("Ada");
    const std::string large(3'000'000, 'x');
    EXPECT_EQ(share(ada, "room/1", form_of("x.bin", "application/zip", large)).status, 204);
    EXPECT_EQ(host_.get(last_url()).body.size(), large.size());
    const std::string reader = token_of("Bo", R"(["view_room"])");
    EXPECT_EQ(share(reader, "room/1", form_of("x.bin", "application/zip", large)).status, 413);
    EXPECT_EQ(ask(ada, "POST", "/v2/room/1/message", large).status, 413);
}

TEST_F(rest_files, run_nothing_in_a_browser) {
    const std::string ada = token_of("Ada");
    const std::string script = "<script>alert(1)</script>";
    for (const char* const type : {"text/html", "image/svg+xml", "image/png", "x"}) {
        EXPECT_EQ(share(ada, "room/1", form_of("x.html", type, script)).status, 204);
        const plain_answer file = host_.get(last_url());
        EXPECT_EQ(file.header("Content-Type"), "application/octet-stream") << type;
        EXPECT_EQ(file.header("Content-Disposition"), "attachment; filename*=UTF-8''x.html");
        EXPECT_EQ(file.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(file.header("Content-Security-Policy"), "default-src 'none'; sandbox");
    }
}

TEST_F(rest_files, are_found_by_their_whole_address_only) {
    const std::string ada = token_of("Ada");
    EXPECT_EQ(share(ada, "room/1", form_of("../../a.txt", "text/plain", "hi")).status, 204);
    const std::string url = last_url();
    EXPECT_TRUE(url.ends_with("/a.txt")) << url;
    EXPECT_EQ(host_.get(url + "x").status, 404);
    EXPECT_EQ(host_.get("/files/..%2Fhost.db/a.txt").status, 404);
    EXPECT_EQ(host_.get("/files/nobodys/a.txt").status, 404);
}

TEST_F(rest_files, are_refused_in_another_form) {
    const std::string ada = token_of("Ada");
    EXPECT_EQ(share(ada, "room/1", "{}", "application/json").status, 400);
    EXPECT_EQ(share(ada, "room/1", "--b--").status, 400);
    EXPECT_EQ(field_of(share(ada, "room/1",
                             "--b\r\nContent-Disposition: attachment; name=\"metadata\"\r\n\r\n"
                             "{}\r\n--b--")),
              "file");
    EXPECT_EQ(share(addon_token(), "room/1", form_of("a.txt", "text/plain", "x")).status, 403);
    EXPECT_EQ(kept_files(), 0U);
}

TEST_F(rest_files, are_gone_with_their_message) {
    const std::string ada = token_of("Ada");
    share(ada, "room/1", form_of("a.txt", "text/plain", "secret"));
    const json::value said = host_.changes_until("message").back();
    live_page page(host_.port(), "name=Ada");
    page.frame("welcome");
    page.send({{"type", "edit"}, {"message_id", said.at("id")}, {"text", nullptr}});
    page.change("message_deleted");
    EXPECT_EQ(host_.get(std::string(said.at("file").at("url").as_string())).status, 404);
}

// proves: host 4 file events
TEST_F(rest_files, are_told_to_add_ons_that_wait_for_them) {
    const std::string ada = token_of("Ada");
    ASSERT_EQ(ask(addon_token(), "POST", "/v2/room/1/webhook",
                  R"({"url":")" + addon_.base() + R"(/upload","event":"room_file_upload"})")
                  .status,
              201);
    share(ada, "room/1", form_of("a.txt", "text/plain", "hi"));
    const json::object told = addon_.wait_for("/upload").at(0).json();
    EXPECT_EQ(told.at("item").at("file").at("name"), "a.txt");
    EXPECT_EQ(told.at("item").at("file").at("url"), json::string(host_.base() + last_url()));
    EXPECT_EQ(told.at("item").at("sender").at("name"), "Ada");
}

// proves: host 4 serves /room/{r}/avatar
TEST_F(rest_files, picture_rooms) {
    const std::string ada = token_of("Ada");
    const auto avatar = [&] { return get(ada, "/v2/room/1/avatar"); };
    EXPECT_EQ(avatar().status, 302);
    EXPECT_EQ(avatar().header("Location"), host_.base() + "/assets/avatars/room.svg");
    const std::string body = R"({"avatar":")" + protocol::base64_encode(picture) + R"("})";
    EXPECT_EQ(ask(addon_token(), "PUT", "/v2/room/1/avatar", body).status, 204);
    const std::string url = avatar().header("Location").substr(host_.base().size());
    EXPECT_EQ(host_.get(url).body, picture);
    EXPECT_EQ(read(ada, "/v2/room/1").at("avatar_url"), json::string(host_.base() + url));
    EXPECT_EQ(field_of(ask(addon_token(), "PUT", "/v2/room/1/avatar",
                           R"({"avatar":"PHN2Zz48L3N2Zz4="})")),
              "avatar");
    EXPECT_EQ(ask(addon_token(), "DELETE", "/v2/room/1/avatar").status, 204);
    EXPECT_EQ(read(ada, "/v2/room/1").at("avatar_url"), nullptr);
    EXPECT_EQ(host_.get(url).status, 404);
}

// proves: host 4 serves /user/{u}/photo
TEST_F(rest_files, picture_people) {
    const std::string ada = token_of("Ada");
    const std::string bo = token_of("Bo");
    const std::string body =
        R"({"photo":"data:image/png;base64,)" + protocol::base64_encode(picture) + R"("})";
    EXPECT_EQ(ask(bo, "PUT", "/v2/user/@Ada/photo", body).status, 403);
    EXPECT_EQ(ask(ada, "PUT", "/v2/user/@Ada/photo", body).status, 204);
    for (const char* const size : {"small", "big"}) {
        const plain_answer photo = get(bo, std::string("/v2/user/@Ada/photo/") + size);
        EXPECT_EQ(photo.status, 302);
        EXPECT_EQ(host_.get(photo.header("Location").substr(host_.base().size())).body, picture);
    }
    EXPECT_EQ(get(bo, "/v2/user/@Ada/photo/huge").status, 404);
    EXPECT_EQ(ask(ada, "DELETE", "/v2/user/@Ada/photo").status, 204);
    EXPECT_EQ(read(bo, "/v2/user/@Ada").at("photo_url"), nullptr);
    EXPECT_EQ(get(bo, "/v2/user/@Bo/photo/big").header("Location"),
              host_.base() + "/assets/avatars/person.svg");
}

// proves: host 4 serves GET /group/{id}/avatar
TEST_F(rest_files, picture_the_group) {
    const plain_answer avatar = get(addon_token(), "/v2/group/1/avatar");
    EXPECT_EQ(avatar.status, 302);
    EXPECT_EQ(host_.get(avatar.header("Location").substr(host_.base().size())).status, 200);
    EXPECT_EQ(get(addon_token(), "/v2/group/2/avatar").status, 404);
}

}  // namespace
}  // namespace hipchat::host::testing
