// What a glance shows is asked for by browsers, with a token of the host's.

#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

class glances : public with_host {
protected:
    static glance_module module_named(const std::string& key) {
        return {.key = key, .name = "Builds", .icon = {"/bell.png", "/bell@2x.png"}};
    }
    std::string target_of(const std::string& key, const std::string& credential) const {
        return "/glance/" + key + "?signed_request=" + credential + "&connect_client_api_version=1";
    }
    plain_answer ask(const running_addon& program, const std::string& key,
                     const std::string& origin = "") const {
        plain_request request{.target = target_of(key, token())};
        if (!origin.empty()) request.headers.emplace_back("Origin", origin);
        return send(program.port(), request);
    }
};

// proves: addon 6.1 query
TEST_F(glances, are_declared_and_answered_in_one_call) {
    program_.glance(module_named("test.builds"), [](glance_query& query) -> task<hipchat::glance> {
        const std::string where =
            query.room() ? std::to_string(query.room()->id()) : std::string("nowhere");
        co_return hipchat::glance(where + " by " + query.user_id() + " of "
                                  + query.tenant().oauth_id())
            .lozenge("2 RED", lozenge_type::error);
    });
    running_addon program(program_);
    const json::value descriptor = json::parse(program.get("/").body);
    const std::string base = "http://localhost:" + std::to_string(program.port());
    EXPECT_EQ(descriptor.at_pointer("/capabilities/glance/0/queryUrl"),
              json::value(base + "/glance/test.builds"));
    installed_in(program);
    const plain_answer answer = ask(program, "test.builds");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
    EXPECT_EQ(json::parse(answer.body),
              json::parse(R"({"label":{"type":"html","value":"4021 by 117 of )" + id_
                          + R"("},"status":{"type":"lozenge","value":{"label":"2 RED",)"
                            R"("type":"error"}}})"));
}

TEST_F(glances, may_be_asked_for_again_with_the_same_token) {
    program_.glance(module_named("a"), [](glance_query&) { return "5 open"; });
    running_addon program(program_);
    installed_in(program);
    const plain_request request{.target = target_of("a", token())};
    EXPECT_EQ(send(program.port(), request).status, 200);
    const plain_answer again = send(program.port(), request);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(json::parse(again.body),
              json::parse(R"({"label":{"type":"html","value":"5 open"}})"));
}

TEST_F(glances, of_strangers_are_401) {
    int asked = 0;
    program_.glance(module_named("a"), [&](glance_query&) {
        ++asked;
        return "5 open";
    });
    running_addon program(program_);
    installed_in(program);
    EXPECT_EQ(program.get("/glance/a").status, 401);
    const std::string forged =
        signed_token(id_, secret("another key, of the same length, guessed"));
    EXPECT_EQ(program.get(target_of("a", forged)).status, 401);
    EXPECT_EQ(program.get(target_of("a", signed_token("someone", key_))).status, 401);
    EXPECT_EQ(program.get("/glance/b").status, 404);
    EXPECT_EQ(asked, 0);
}

// proves: addon 6.1 CORS
TEST_F(glances, are_readable_by_the_pages_that_may) {
    program_.glance(module_named("a"), [](glance_query&) { return "5 open"; });
    addons::settings given = running_addon::in_memory();
    given.cors_whitelist = ".hipchat.com";
    running_addon program(program_, given);
    installed_in(program);
    const auto allowed = [&](const std::string& origin) {
        return ask(program, "a", origin).header("Access-Control-Allow-Origin");
    };
    EXPECT_EQ(allowed("https://foo.hipchat.com"), "https://foo.hipchat.com");
    EXPECT_EQ(allowed("https://evil.example"), host_.base());
    EXPECT_EQ(allowed(""), host_.base());
    EXPECT_EQ(ask(program, "a").header("Vary"), "Origin");
}

TEST_F(glances, whose_handler_fails_say_nothing_of_why) {
    program_.glance(module_named("throws"), [](glance_query&) -> hipchat::glance {
        throw std::runtime_error("the password is swordfish");
    });
    program_.glance(module_named("long"), [](glance_query&) { return std::string(1001, 'x'); });
    running_addon program(program_);
    installed_in(program);
    for (const char* key : {"throws", "long"}) {
        const plain_answer answer = ask(program, key);
        EXPECT_EQ(answer.status, 500);
        EXPECT_FALSE(contains(answer.body, "swordfish"));
        EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), host_.base());
    }
    EXPECT_EQ(program.log().count("swordfish"), 1);
    EXPECT_EQ(program.log().count("label.value has 1001 characters"), 1);
}

TEST_F(glances, that_are_static_have_no_query) {
    program_.glance(module_named("a"));
    running_addon program(program_);
    const json::value descriptor = json::parse(program.get("/").body);
    EXPECT_FALSE(descriptor.at_pointer("/capabilities/glance/0").as_object().contains("queryUrl"));
    EXPECT_EQ(program.get("/glance/a").status, 404);
}

TEST_F(glances, with_a_handler_cannot_be_asked_for_elsewhere) {
    glance_module about = module_named("a");
    about.query_url = "/elsewhere";
    program_.glance(about, [](glance_query&) { return "5 open"; });
    EXPECT_THROW(running_addon program(program_), config_error);
}

}  // namespace
}  // namespace hipchat::testing
