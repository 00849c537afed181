// A configuration page as an author writes one: a form with the settings of its room, stored in the
// data of the installation.

#include <regex>

#include "hipchat/data.hpp"
#include "hipchat/json.hpp"
#include "with_pages.hpp"

namespace hipchat::testing {
namespace {

const page_template form(R"(<!doctype html>
<title>Settings</title>
{{{connect}}}
{{#saved}}<p role="status">Saved.</p>{{/saved}}
<form method="post" action="{{base}}/configure">
  <label>Greeting <input name="greeting" value="{{greeting}}" required></label>
  <label><input type="checkbox" name="loud" {{#loud}}checked{{/loud}}> Loud</label>
  <button>Save</button>
</form>
)");

std::string key_of_settings(page_request& page) {
    const auto room = page.room();
    if (!room) throw bad_request("room", "is not named by the host; open this page from a room");
    return "settings:" + std::to_string(room->id());
}

task<response> show_settings(page_request& page) {
    const tenant_data data = page.tenant().data();
    const auto stored = co_await data.get(key_of_settings(page));
    json::object shown = {{"greeting", "hi"}, {"loud", false}};
    if (stored) shown = stored->as_object();
    shown["saved"] = page.query("saved").has_value();
    co_return page.render(form, shown);
}

task<response> save_settings(page_request& page) {
    if (page.text("greeting").size() > 40)
        throw bad_request("greeting", "is longer than 40 characters; shorten it");
    const json::value settings = {{"greeting", page.text("greeting")}, {"loud", page.flag("loud")}};
    const tenant_data data = page.tenant().data();
    co_await data.set(key_of_settings(page), settings);
    co_return redirect(page.link("/configure?saved=1"));
}

class configuration_page : public with_pages {
protected:
    configuration_page() {
        program_.configure_page(show_settings).user_route("POST", "/configure", save_settings);
    }

    std::string signed_in(std::int64_t room, const std::string& id, const secret& key) const {
        protocol::jwt_claims claims = claims_of(id);
        claims.room_id = room;
        return protocol::sign(claims, key);
    }
    std::string page_in(const running_addon& running, std::int64_t room) const {
        return running.get("/configure?signed_request=" + signed_in(room, id_, key_)).body;
    }
    // What connect.js puts into the form.
    static std::string token_in(const std::string& page) {
        std::smatch found;
        return std::regex_search(page, found, std::regex("data-token=\"([^\"]+)\"")) ? found.str(1)
                                                                                     : "";
    }
    static plain_answer post(const running_addon& running, const std::string& body) {
        return call(running, "POST", "/configure", "", body, "application/x-www-form-urlencoded");
    }
};

TEST_F(configuration_page, stores_the_settings_of_each_room) {
    running_addon running(program_);
    ASSERT_EQ(running.install(host_.installation(id_, key_, std::nullopt)).status, 201);
    const std::string before = page_in(running, 4021);
    EXPECT_TRUE(contains(before, "value=\"hi\""));
    EXPECT_FALSE(contains(before, "Saved."));

    const plain_answer saved =
        post(running, "greeting=Moin+%22%3Cb%3E%22&loud=on&signed_request=" + token_in(before));
    ASSERT_EQ(saved.status, 303) << saved.body;
    const std::string next = saved.header("Location");
    const plain_answer shown = running.get(next.substr(next.find("/configure")));
    EXPECT_EQ(shown.status, 200);
    EXPECT_TRUE(contains(shown.body, "value=\"Moin &quot;&lt;b&gt;&quot;\"", "checked", "Saved."));

    EXPECT_TRUE(contains(page_in(running, 4021), "Moin"));
    EXPECT_TRUE(contains(page_in(running, 4022), "value=\"hi\""));
}

TEST_F(configuration_page, of_one_installation_does_not_see_anothers) {
    running_addon running(program_);
    installed_in(running);
    ASSERT_EQ(
        post(running, "greeting=Moin&signed_request=" + token_in(page_in(running, 4021))).status,
        303);
    const std::string other_id = "0b0cf0a6-0000-4000-8000-000000000002";
    const secret other_key("another secret of forty characters......");
    ASSERT_EQ(running.install(host_.installation(other_id, other_key)).status, 201);
    const std::string others =
        running.get("/configure?signed_request=" + signed_in(4021, other_id, other_key)).body;
    EXPECT_TRUE(contains(others, "value=\"hi\""));
}

TEST_F(configuration_page, refuses_what_is_wrong_and_who_is_nobody) {
    running_addon running(program_);
    installed_in(running);
    const std::string with = "&signed_request=" + token_in(page_in(running, 4021));
    EXPECT_EQ(post(running, "loud=on" + with).body, "greeting: is missing; send it\n");
    EXPECT_EQ(post(running, "greeting=" + std::string(41, 'a') + with).status, 400);
    EXPECT_EQ(post(running, "greeting=Moin").status, 401);
    EXPECT_EQ(post(running, "greeting=Moin&signed_request=" + guest_token()).status, 403);
    EXPECT_TRUE(contains(page_in(running, 4021), "value=\"hi\""));
}

TEST_F(configuration_page, of_a_group_needs_to_know_the_room) {
    running_addon running(program_);
    ASSERT_EQ(running.install(host_.installation(id_, key_, std::nullopt)).status, 201);
    protocol::jwt_claims claims = claims_of(id_);
    claims.room_id.reset();
    const plain_answer refused =
        running.get("/configure?signed_request=" + protocol::sign(claims, key_));
    EXPECT_EQ(refused.status, 400);
    EXPECT_TRUE(contains(refused.body, "room: is not named by the host"));
}

}  // namespace
}  // namespace hipchat::testing
