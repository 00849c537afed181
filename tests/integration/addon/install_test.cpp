// An install is accepted when everything is proved, and refused with words that help.

#include "protocol/capabilities.hpp"
#include "protocol/descriptor.hpp"
#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using installing = with_host;

// proves: addon 1 served; addon 1 self
TEST_F(installing, finds_the_descriptor_at_two_places) {
    running_addon running(greeter());
    const plain_answer root = running.get("/");
    EXPECT_EQ(root.status, 200);
    EXPECT_EQ(root.header("Content-Type"), "application/json");
    EXPECT_EQ(running.get("/addon/descriptor").body, root.body);
    const descriptor read = protocol::read_descriptor(root.body);
    EXPECT_EQ(read.self,
              "http://localhost:" + std::to_string(running.port()) + "/addon/descriptor");
    EXPECT_TRUE(protocol::lint(read).empty());
}

// proves: addon 2.2 room install; addon 2.2 credentials proved; addon 2.2 group name
// proves: addon 2.2 answer; addon 3.1 request
TEST_F(installing, into_a_room_asks_the_host_and_stores_the_tenant) {
    counter announced;
    std::optional<tenant> seen;
    std::optional<std::int64_t> room;
    greeter().on_installed([&](installed& event) {
        seen = event.tenant();
        room = event.room() ? std::optional(event.room()->id()) : std::nullopt;
        announced.add();
    });
    running_addon running(program_);
    const plain_answer answer = running.install(request());
    EXPECT_EQ(answer.status, 201) << answer.body;
    ASSERT_TRUE(announced.wait_for(1));
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->oauth_id(), id_);
    EXPECT_EQ(seen->room_id(), 4021);
    EXPECT_EQ(seen->group_id(), 1);
    EXPECT_EQ(seen->group_name(), "Example Group");
    EXPECT_EQ(seen->host(), host_.base());
    EXPECT_EQ(room, 4021);
    EXPECT_EQ(host_.count(scripted_host::capabilities_path), 1U);
    ASSERT_EQ(host_.count(scripted_host::token_path), 1U);
    EXPECT_TRUE(contains(host_.requests(scripted_host::token_path)[0].body,
                         "grant_type=client_credentials", "scope=send_notification"));
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
}

// proves: addon 2.2 global install
TEST_F(installing, into_a_group_has_no_room) {
    counter announced;
    greeter().on_installed([&](installed& event) {
        EXPECT_FALSE(event.room());
        EXPECT_FALSE(event.tenant().room_id());
        announced.add();
    });
    running_addon running(program_);
    EXPECT_EQ(running.install(host_.installation(id_, key_, std::nullopt)).status, 201);
    EXPECT_TRUE(announced.wait_for(1));
}

// proves: addon 2.2 kind refused
TEST_F(installing, a_kind_that_is_not_allowed_is_refused) {
    descriptor rooms_only = about();
    rooms_only.allow_global = false;
    const addon program(std::move(rooms_only));
    running_addon running(program);
    const plain_answer answer = running.install(host_.installation(id_, key_, std::nullopt));
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(contains(answer.body, "room"));
    EXPECT_EQ(host_.count(scripted_host::capabilities_path), 0U);
}

TEST_F(installing, the_same_again_changes_nothing) {
    counter announced;
    greeter().on_installed([&](installed&) { announced.add(); });
    running_addon running(program_);
    installed_in(running);
    ASSERT_TRUE(announced.wait_for(1));
    EXPECT_EQ(running.install(request()).status, 201);
    EXPECT_EQ(host_.count(scripted_host::token_path), 1U);
    EXPECT_EQ(announced.count(), 1);
}

// proves: addon 2.2 self mismatch
TEST_F(installing, a_document_that_lies_about_its_address_is_refused) {
    running_addon running(greeter());
    json::object lying = protocol::write_host_capabilities(host_.base());
    lying["links"].as_object()["self"] = "https://chat.example.com/v2/capabilities";
    host_.answer_capabilities(lying);
    const plain_answer answer = running.install(request());
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(contains(answer.body, "links.self"));
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

// The one test here that takes as long as a limit does: 5 s.
TEST_F(installing, a_document_that_takes_more_than_5_s_is_refused) {
    running_addon running(greeter());
    host_.hold(scripted_host::capabilities_path);
    const auto begun = std::chrono::steady_clock::now();
    const plain_answer answer = running.install(request());
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(contains(answer.body, "5 s"));
    EXPECT_GE(took, std::chrono::milliseconds(4900));
    EXPECT_LT(took, std::chrono::seconds(15));
    host_.release(scripted_host::capabilities_path);
}

TEST_F(installing, a_document_larger_than_64_kib_is_refused) {
    running_addon running(greeter());
    json::object large = protocol::write_host_capabilities(host_.base());
    large["padding"] = std::string(65'536, 'x');
    host_.answer_capabilities(large);
    const plain_answer answer = running.install(request());
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(contains(answer.body, "64 KiB"));
}

TEST_F(installing, a_redirect_is_not_followed) {
    running_addon running(greeter());
    scripted_host other;
    transport::http_response elsewhere;
    elsewhere.status = 302;
    elsewhere.headers = {{"Location", other.capabilities_url()}};
    host_.answer(scripted_host::capabilities_path, elsewhere);
    const plain_answer answer = running.install(request());
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(contains(answer.body, "redirect"));
    EXPECT_EQ(other.count(scripted_host::capabilities_path), 0U);
}

TEST_F(installing, a_token_url_at_an_unlisted_origin_is_refused) {
    running_addon running(greeter());
    const scripted_host other;
    json::object foreign = protocol::write_host_capabilities(host_.base());
    foreign["capabilities"].as_object()["oauth2Provider"].as_object()["tokenUrl"] =
        other.base() + "/v2/oauth/token";
    host_.answer_capabilities(foreign);
    const plain_answer answer = running.install(request());
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(
        contains(answer.body, "tokenUrl", "AC_ALLOWED_HOSTS", host_.base() + "+" + other.base()));
    EXPECT_EQ(other.count(scripted_host::token_path), 0U);
}

TEST_F(installing, a_token_url_at_an_origin_listed_with_the_hosts_is_accepted) {
    scripted_host other;
    addons::settings given = running_addon::in_memory();
    given.allowed_hosts = host_.base() + "+" + other.base();
    running_addon running(greeter(), given);
    json::object split = protocol::write_host_capabilities(host_.base());
    split["capabilities"].as_object()["oauth2Provider"].as_object()["tokenUrl"] =
        other.base() + "/v2/oauth/token";
    host_.answer_capabilities(split);
    other.add_client(id_, key_);
    EXPECT_EQ(running.install(request()).status, 201);
    EXPECT_EQ(other.count(scripted_host::token_path), 1U);
}

TEST_F(installing, plain_http_to_a_private_address_is_refused_before_anything_is_sent) {
    running_addon running(greeter());
    for (const char* url :
         {"http://10.0.0.1/v2/capabilities", "http://192.168.1.1/v2/capabilities",
          "http://169.254.169.254/latest/meta-data", "http://chat.example.com/v2/capabilities",
          "http://0x7f000001.example.com/v2/capabilities"}) {
        protocol::installation body = request();
        body.capabilities_url = url;
        const plain_answer answer = running.install(body);
        EXPECT_EQ(answer.status, 400) << url;
        EXPECT_TRUE(contains(answer.body, "AC_ALLOWED_HOSTS")) << url;
    }
}

TEST_F(installing, this_machine_is_refused_once_the_base_url_is_public) {
    addons::settings given = running_addon::in_memory();
    given.base_url = "https://addon.example.com";
    running_addon running(greeter(), given);
    const plain_answer answer = running.install(request());
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(contains(answer.body, "AC_ALLOWED_HOSTS"));
    EXPECT_EQ(host_.count(scripted_host::capabilities_path), 0U);
}

TEST_F(installing, a_host_that_is_not_listed_is_refused) {
    addons::settings given = running_addon::in_memory();
    given.allowed_hosts = "chat.example.com";
    running_addon running(greeter(), given);
    const plain_answer answer = running.install(request());
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(contains(answer.body, "AC_ALLOWED_HOSTS"));
    EXPECT_EQ(host_.count(scripted_host::capabilities_path), 0U);
}

// proves: addon 2.2 credentials proved
TEST_F(installing, credentials_that_the_host_does_not_know_are_refused) {
    running_addon running(greeter());
    const protocol::installation body = request();
    host_.remove_client(id_);
    const plain_answer answer = running.install(body);
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(contains(answer.body, "token"));
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 401);
}

TEST_F(installing, a_host_that_cannot_be_reached_is_refused) {
    running_addon running(greeter());
    protocol::installation body = request();
    {
        const scripted_host gone;
        body.capabilities_url = gone.capabilities_url();
    }
    EXPECT_EQ(running.install(body).status, 400);
}

TEST_F(installing, bodies_that_are_no_install_request_are_400) {
    running_addon running(greeter());
    const std::string url = host_.capabilities_url();
    const std::vector<std::string> bodies = {
        std::string(),
        std::string("{"),
        std::string("[]"),
        std::string("null"),
        std::string(R"({"oauthId":"a"})"),
        R"({"oauthId":7,"oauthSecret":"s","capabilitiesUrl":")" + url + "\"}",
        R"({"oauthId":"a/b","oauthSecret":"s","capabilitiesUrl":")" + url + "\"}",
        R"({"oauthId":"a","oauthId":"b","oauthSecret":"s","capabilitiesUrl":")" + url + "\"}",
        R"({"oauthId":"a","oauthSecret":"\ud800","capabilitiesUrl":")" + url + "\"}",
        "{\"oauthId\":\"\xff\",\"oauthSecret\":\"s\",\"capabilitiesUrl\":\"" + url + "\"}",
        std::string(R"({"oauthId":"a","oauthSecret":"s","capabilitiesUrl":"file:///etc/x"})"),
        std::string(5000, '[')};
    for (const std::string& body : bodies)
        EXPECT_EQ(running.install_text(body).status, 400) << body.substr(0, 60);
    EXPECT_EQ(running.install_text(std::string(66'560, ' ')).status, 413);
    EXPECT_EQ(running.install_text(std::string(1'048'577, ' ')).status, 413);
    EXPECT_EQ(running.get("/").status, 200);
}

// proves: addon 2.5 conflict
TEST_F(installing, a_known_id_with_another_secret_is_409) {
    running_addon running(greeter());
    installed_in(running);
    EXPECT_EQ(running.install(host_.installation(id_, secret("another secret"))).status, 409);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
}

TEST_F(installing, a_known_id_from_another_origin_is_409) {
    running_addon running(greeter());
    installed_in(running);
    scripted_host other;
    EXPECT_EQ(running.install(other.installation(id_, key_)).status, 409);
    EXPECT_EQ(running.install(other.installation(id_, secret("another secret"))).status, 409);
    EXPECT_EQ(other.count(scripted_host::capabilities_path), 0U);
}

TEST_F(installing, a_request_signed_with_the_old_secret_may_bring_a_new_one) {
    running_addon running(greeter());
    installed_in(running);
    const secret fresh("a fresh secret");
    protocol::jwt_claims proof = claims_of(id_);
    proof.user_id.clear();
    proof.room_id.reset();
    EXPECT_EQ(running.install(host_.installation(id_, fresh), protocol::sign(proof, key_)).status,
              201);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 401);
    EXPECT_EQ(
        running.deliver("/event/room_enter", room_enter_body(id_), signed_token(id_, fresh)).status,
        204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

TEST_F(installing, a_token_that_people_hold_in_their_browsers_proves_nothing) {
    running_addon running(greeter());
    installed_in(running);
    const protocol::installation body = host_.installation(id_, secret("a fresh secret"));
    EXPECT_EQ(running.install(body, token()).status, 409);
    EXPECT_EQ(running.install(body, signed_token(id_, secret("a fresh secret"))).status, 409);
}

// proves: addon 2.5 update
TEST_F(installing, an_update_without_a_secret_keeps_the_old_one) {
    running_addon running(greeter());
    installed_in(running);
    protocol::installation update = request();
    update.oauth_secret.reset();
    update.room_id.reset();
    update.group_id.reset();
    EXPECT_EQ(running.install(update).status, 201);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

TEST_F(installing, two_at_the_same_time_store_one_tenant) {
    counter announced;
    greeter().on_installed([&](installed&) { announced.add(); });
    running_addon running(program_);
    const protocol::installation body = request();
    host_.hold(scripted_host::capabilities_path);
    auto first = std::async(std::launch::async, [&] { return running.install(body).status; });
    ASSERT_TRUE(host_.wait_for(scripted_host::capabilities_path, 1));
    auto second = std::async(std::launch::async, [&] { return running.install(body).status; });
    host_.release(scripted_host::capabilities_path);
    EXPECT_EQ(first.get(), 201);
    EXPECT_EQ(second.get(), 201);
    EXPECT_TRUE(announced.wait_for(1));
    EXPECT_EQ(host_.count(scripted_host::capabilities_path), 1U);
}

TEST_F(installing, more_than_16_at_a_time_are_asked_to_come_again) {
    running_addon running(greeter());
    host_.hold(scripted_host::capabilities_path);
    std::vector<std::future<int>> waiting;
    waiting.reserve(16);
    for (int i = 0; i < 16; ++i)
        waiting.push_back(std::async(std::launch::async, [&, i] {
            return running.install(host_.installation("tenant-" + std::to_string(i), key_)).status;
        }));
    ASSERT_TRUE(host_.wait_for(scripted_host::capabilities_path, 16));
    const plain_answer answer = running.install(host_.installation("tenant-17", key_));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("Retry-After"), "1");
    host_.release(scripted_host::capabilities_path);
    for (std::future<int>& one : waiting)
        EXPECT_EQ(one.get(), 201);
}

}  // namespace
}  // namespace hipchat::testing
