#include "signed_in_host.hpp"

// How a group begins, grows and loses people.

namespace hipchat::host::testing {
namespace {

using account = signed_in_host;

TEST(first_owner, is_asked_for_a_code_beyond_this_machine) {
    const temporary_folder folder;
    running_host host(folder.file("data"), [](host_options& options) {
        options.address = "0.0.0.0";
        options.base_url = "http://chat.example.com";
    });
    const std::string order =
        R"({"group":"g","name":"Ada","email":"a@b.c","password":"correct horse","room":"Lobby",)";
    EXPECT_EQ(host.get("/api/rooms").status, 401) << "nobody may be anybody here";
    EXPECT_EQ(host.send("POST", "/api/setup", order + R"("code":"guess"})").status, 403);
    const std::string url = host.setup_url();
    const std::string code = url.substr(url.find('#') + 1);
    ASSERT_EQ(url, "http://chat.example.com/setup#" + code);
    EXPECT_EQ(host.send("POST", "/api/setup", order + R"("code":")" + code + R"("})").status, 201);
    EXPECT_EQ(host.send("POST", "/api/setup", order + R"("code":")" + code + R"("})").status, 409);
    EXPECT_EQ(host.setup_url(), "");
}

TEST(first_owner, ends_the_time_in_which_anybody_may_be_anybody) {
    const temporary_folder folder;
    const running_host host(folder.file("data"));
    EXPECT_EQ(host.act("room_message", "Ada", "hello").status, 201);
    const std::string order =
        R"({"group":"g","name":"Ada","email":"a@b.c","password":"correct horse","room":"Lobby"})";
    EXPECT_EQ(host.send("POST", "/api/setup", order).status, 201);
    EXPECT_EQ(host.act("room_message", "Ada", "hello").status, 401);
}

TEST(first_owner, is_kept_when_the_host_starts_again) {
    const temporary_folder folder;
    {
        const running_host host(folder.file("data"));
        host.send("POST", "/api/setup",
                  R"({"group":"g","name":"Ada","email":"a@b.c","password":"correct horse",)"
                  R"("room":"Engine room"})");
    }
    const running_host again(folder.file("data"));
    EXPECT_EQ(again.get("/api/rooms").status, 401);
    EXPECT_EQ(
        again.send("POST", "/api/session", R"({"name":"a@b.c","password":"correct horse"})").status,
        200);
}

TEST_F(account, begins_with_the_owners_group_and_room) {
    const json::value session = body_of(get(ada_, "/api/session"));
    EXPECT_EQ(session.at("mode").as_string(), "accounts");
    EXPECT_EQ(session.at("group").as_string(), "Engines");
    EXPECT_EQ(session.at("you").at("role").as_string(), "owner");
    EXPECT_EQ(rooms_seen_by(ada_), "Lobby;");
}

TEST_F(account, is_made_by_a_link_that_works_once) {
    const std::string code = invite("Bo");
    const std::string look = R"({"code":")" + code + R"("})";
    const plain_answer seen = host_.send("POST", "/api/join", look);
    EXPECT_EQ(body_of(seen).at("person").at("name").as_string(), "Bo");
    const std::string join = R"({"code":")" + code + R"(","password":"a good password"})";
    EXPECT_EQ(host_.send("POST", "/api/join", join).status, 201);
    EXPECT_EQ(host_.send("POST", "/api/join", join).status, 404);
    EXPECT_EQ(try_sign_in("Bo", "a good password").status, 200);
}

TEST_F(account, is_not_made_by_a_link_of_last_week) {
    const std::string code = invite("Bo");
    time_.advance(std::chrono::hours(24 * 7));
    EXPECT_EQ(host_.send("POST", "/api/join", R"({"code":")" + code + R"("})").status, 404);
}

TEST_F(account, gets_a_new_link_and_the_old_one_is_void) {
    const std::string first = invite("Bo");
    const plain_answer again = ask(ada_, "POST", "/api/people/" + id_of("Bo") + "/invitation");
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(host_.send("POST", "/api/join", R"({"code":")" + first + R"("})").status, 404);
}

TEST_F(account, that_is_deactivated_ends_sessions_and_tokens_at_once) {
    const std::string bo = join("Bo");
    const plain_answer made =
        ask(bo, "POST", "/api/people/@Bo/tokens", R"({"label":"script","scopes":["view_group"]})");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string token(body_of(made).at("token").as_string());
    const running_host::headers bearer{{"Authorization", "Bearer " + token}};
    EXPECT_EQ(host_.send("GET", "/v2/room", "", bearer).status, 200);
    EXPECT_EQ(ask(ada_, "DELETE", "/api/people/" + id_of("Bo")).status, 204);
    EXPECT_EQ(get(bo, "/api/rooms").status, 401);
    EXPECT_EQ(host_.send("GET", "/v2/room", "", bearer).status, 401);
    EXPECT_EQ(try_sign_in("Bo", password).status, 401);
}

TEST_F(account, of_the_last_owner_stays) {
    EXPECT_EQ(ask(ada_, "DELETE", "/api/people/" + id_of("Ada")).status, 403);
    EXPECT_EQ(
        ask(ada_, "PUT", "/api/people/" + id_of("Ada") + "/role", R"({"role":"member"})").status,
        403);
    const std::string bo = join("Bo", "owner");
    EXPECT_EQ(
        ask(bo, "PUT", "/api/people/" + id_of("Ada") + "/role", R"({"role":"member"})").status,
        200);
}

TEST_F(account, is_told_by_its_owner_what_others_see) {
    const plain_answer changed =
        ask(ada_, "PUT", "/api/profile",
            R"({"name":"Ada Lovelace","mention_name":"@countess","title":"Analyst",)"
            R"("timezone":"Europe/London","presence":{"show":"dnd","status":"weaving"}})");
    EXPECT_EQ(changed.status, 200) << changed.body;
    const json::value profile = body_of(get(ada_, "/api/profile"));
    EXPECT_EQ(profile.at("mention_name").as_string(), "countess");
    EXPECT_EQ(profile.at("presence").at("show").as_string(), "dnd");
    EXPECT_EQ(profile.at("email").as_string(), "ada@example.com") << "it was not said";
}

TEST_F(account, cannot_take_the_name_of_another) {
    join("Bo");
    const plain_answer taken = ask(ada_, "PUT", "/api/profile", R"({"mention_name":"bo"})");
    EXPECT_EQ(taken.status, 400);
    EXPECT_EQ(body_of(taken).at("error").at("field").as_string(), "mention_name");
}

TEST_F(account, of_others_is_out_of_reach_for_the_shell_only_without_its_token) {
    const running_host::headers shell{
        {"Authorization", "Bearer " + std::string(host_.shell_token().reveal())}};
    const std::string say = R"({"event":"room_message","as":"Robot","text":"hi"})";
    EXPECT_EQ(host_.send("POST", "/api/rooms/1/events", say).status, 401);
    EXPECT_EQ(host_.send("POST", "/api/rooms/1/events", say, shell).status, 201);
    EXPECT_EQ(host_
                  .send("POST", "/api/rooms/1/events", say,
                        {{"Authorization", "Bearer " + std::string(40, 'x')}})
                  .status,
              401);
}

}  // namespace
}  // namespace hipchat::host::testing
