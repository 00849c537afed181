#include "hipchat/rest/glances.hpp"

#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class glance_pushes : public rest_calls {
protected:
    rest::glances to() const { return rest::glances(client()); }
    static glance_updates update() {
        return {"deploybell.glance", hipchat::glance::html("<b>4</b> builds running")
                                         .lozenge("GREEN", lozenge_type::success)
                                         .metadata("configured", true)
                                         .metadata("failing", 0)};
    }
    void expect_push(const std::string& path, const std::string& wanted_scope) const {
        EXPECT_EQ(called("POST", path, wanted_scope),
                  json::parse(R"({"glance":[{"key":"deploybell.glance","content":{"label":)"
                              R"({"type":"html","value":"<b>4</b> builds running"},"status":)"
                              R"({"type":"lozenge","value":{"label":"GREEN","type":"success"}},)"
                              R"("metadata":{"configured":true,"failing":0}}}]})"));
    }
};

// proves: addon 6.3 push group
TEST_F(glance_pushes, to_the_group) {
    host_says("addon/ui", 204);
    result_of([&] { return to().push_to_group(update()); });
    expect_push("addon/ui", "view_group");
}

// proves: addon 6.3 push room
TEST_F(glance_pushes, to_a_room) {
    host_says("addon/ui/room/4021", 204);
    result_of([&] { return to().push_to_room(4021, update()); });
    expect_push("addon/ui/room/4021", "view_room");
}

// proves: addon 6.3 push user
TEST_F(glance_pushes, to_a_user) {
    host_says("addon/ui/user/117", 204);
    result_of([&] { return to().push_to_user(117, update()); });
    expect_push("addon/ui/user/117", "view_group");
}

// proves: addon 6.3 push user in room
TEST_F(glance_pushes, to_a_user_in_a_room) {
    host_says("addon/ui/room/4021/user/%40AdaL", 204);
    result_of([&] { return to().push_to_user_in_room(4021, "@AdaL", update()); });
    expect_push("addon/ui/room/4021/user/%40AdaL", "view_room");
}

// proves: addon 6.3 several
TEST_F(glance_pushes, several_at_once) {
    host_says("addon/ui", 204);
    const glance_updates both = update().add("other", hipchat::glance("2"));
    result_of([&] { return to().push_to_group(both); });
    EXPECT_EQ(called("POST", "addon/ui", "view_group").at_pointer("/glance/1/key"),
              json::value("other"));
}

TEST_F(glance_pushes, are_checked_before_they_are_sent) {
    const glance_updates wrong("k", hipchat::glance(""));
    EXPECT_TRUE(contains(error_of<config_error>([&] { return to().push_to_group(wrong); }),
                         "glance[0].content.label.value"));
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

}  // namespace
}  // namespace hipchat::testing
