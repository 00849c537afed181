#include "signed_in_host.hpp"

namespace hipchat::host::testing {
namespace {

using signing_in = signed_in_host;

TEST_F(signing_in, takes_the_mention_name_or_the_e_mail_in_any_case) {
    for (const char* const name : {"Ada", "@ada", "ada@example.com", "ADA@Example.com"})
        EXPECT_EQ(try_sign_in(name, password).status, 200) << name;
}

TEST_F(signing_in, is_refused_in_the_same_words_whether_there_is_such_a_person_or_not) {
    const plain_answer wrong = try_sign_in("Ada", "wrong password");
    const plain_answer nobody = try_sign_in("Nobody", "wrong password");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(nobody.status, 401);
    EXPECT_EQ(wrong.body, nobody.body);
    EXPECT_EQ(wrong.header("Set-Cookie"), "");
}

TEST_F(signing_in, is_refused_to_people_who_have_no_password_yet) {
    invite("Bo");
    EXPECT_EQ(try_sign_in("Bo", "").status, 401);
    EXPECT_EQ(try_sign_in("Bo", password).status, 401);
}

TEST_F(signing_in, gives_a_cookie_that_scripts_and_other_sites_do_not_get) {
    const std::string set = try_sign_in("Ada", password).header("Set-Cookie");
    EXPECT_NE(set.find("; HttpOnly"), std::string::npos) << set;
    EXPECT_NE(set.find("; SameSite=Lax"), std::string::npos) << set;
    EXPECT_NE(set.find("; Path=/;"), std::string::npos) << set;
    EXPECT_EQ(set.find("Secure"), std::string::npos) << "this host speaks http";
}

TEST_F(signing_in, makes_the_person_act_as_themselves_whatever_a_page_claims) {
    const plain_answer said = ask(ada_, "POST", "/api/rooms/1/events",
                                  R"({"event":"room_message","as":"Grace","text":"I am Grace"})");
    ASSERT_EQ(said.status, 201) << said.body;
    EXPECT_EQ(body_of(said).at("change").at("person").at("name").as_string(), "Ada");
}

TEST_F(signing_in, is_slowed_down_for_who_tries_and_not_for_others) {
    for (int attempt = 0; attempt < 10; ++attempt)
        try_sign_in("Bo", "wrong password");
    const plain_answer refused = try_sign_in("bo", password);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "900");
    EXPECT_EQ(try_sign_in("Ada", password).status, 200);
    time_.advance(std::chrono::minutes(16));
    EXPECT_EQ(try_sign_in("Bo", "wrong password").status, 401);
}

TEST_F(signing_in, is_slowed_down_alike_for_names_that_nobody_has) {
    for (int attempt = 0; attempt < 10; ++attempt)
        EXPECT_EQ(try_sign_in("Nobody", "wrong password").status, 401);
    EXPECT_EQ(try_sign_in("Nobody", "wrong password").status, 429);
}

TEST_F(signing_in, ends_with_signing_out_also_for_who_copied_the_cookie) {
    EXPECT_EQ(get(ada_, "/api/rooms").status, 200);
    const plain_answer out = ask(ada_, "DELETE", "/api/session");
    EXPECT_EQ(out.status, 204);
    EXPECT_NE(out.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(get(ada_, "/api/rooms").status, 401);
}

TEST_F(signing_in, ends_after_thirty_days) {
    time_.advance(std::chrono::hours(24 * 30) - std::chrono::seconds(1));
    EXPECT_EQ(get(ada_, "/api/rooms").status, 200);
    time_.advance(std::chrono::seconds(2));
    EXPECT_EQ(get(ada_, "/api/rooms").status, 401);
}

TEST_F(signing_in, lists_ones_sessions_and_ends_the_others) {
    const std::string elsewhere = sign_in("Ada");
    const json::value list = body_of(get(ada_, "/api/sessions"));
    EXPECT_EQ(list.at("sessions").as_array().size(), 2U);
    EXPECT_EQ(ask(ada_, "DELETE", "/api/sessions").status, 204);
    EXPECT_EQ(get(ada_, "/api/rooms").status, 200);
    EXPECT_EQ(get(elsewhere, "/api/rooms").status, 401);
}

TEST_F(signing_in, with_a_new_password_ends_the_sessions_of_the_old_one) {
    const std::string elsewhere = sign_in("Ada");
    EXPECT_EQ(ask(ada_, "PUT", "/api/profile/password",
                  R"({"old_password":"wrong","password":"battery staple"})")
                  .status,
              400);
    EXPECT_EQ(ask(ada_, "PUT", "/api/profile/password",
                  R"({"old_password":"correct horse","password":"battery staple"})")
                  .status,
              204);
    EXPECT_EQ(get(ada_, "/api/rooms").status, 200);
    EXPECT_EQ(get(elsewhere, "/api/rooms").status, 401);
    EXPECT_EQ(try_sign_in("Ada", password).status, 401);
    EXPECT_EQ(try_sign_in("Ada", "battery staple").status, 200);
}

TEST_F(signing_in, never_sends_a_password_back) {
    const plain_answer refused = ask(ada_, "PUT", "/api/profile/password",
                                     R"({"old_password":"correct horse","password":"sesame"})");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.body.find("sesame"), std::string::npos) << refused.body;
    EXPECT_EQ(body_of(refused).at("error").at("field").as_string(), "password");
}

}  // namespace
}  // namespace hipchat::host::testing
