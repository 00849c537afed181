#include "addon/rest/scope_choice.hpp"

#include <gtest/gtest.h>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

using scopes = std::vector<scope>;

constexpr bool in_room = true;
constexpr bool in_group = false;

// proves: addon 3.3 smallest scope
TEST(scope_choice, takes_the_smallest_that_the_descriptor_has) {
    const scopes any{scope::view_room, scope::view_group};
    EXPECT_EQ(choose_scope(any, {scope::view_group, scope::view_room}, in_group),
              scopes{scope::view_room});
    EXPECT_EQ(choose_scope(any, {scope::view_group, scope::admin_group}, in_group),
              scopes{scope::view_group});
    EXPECT_EQ(choose_scope(any, {scope::view_group}, in_room), scopes{scope::view_group});
}

TEST(scope_choice, prefers_what_a_room_can_give_in_a_room) {
    const scopes any{scope::view_group, scope::view_room};
    const scopes both{scope::view_group, scope::view_room};
    EXPECT_EQ(choose_scope(any, both, in_room), scopes{scope::view_room});
    EXPECT_EQ(choose_scope(any, both, in_group), scopes{scope::view_group});
}

TEST(scope_choice, takes_one_of_the_descriptors_where_any_will_do) {
    EXPECT_EQ(choose_scope({}, {scope::admin_group, scope::view_room}, in_room),
              scopes{scope::view_room});
    EXPECT_EQ(choose_scope({}, {}, in_group), scopes{});
}

// proves: addon 3.3 missing scope
TEST(scope_choice, names_the_scopes_to_add) {
    try {
        choose_scope({scope::view_room, scope::view_group}, {scope::send_notification}, in_group);
        FAIL() << "it was accepted";
    } catch (const config_error& error) {
        EXPECT_EQ(std::string(error.what()),
                  "this call needs the scope view_room or view_group: add it to the descriptor's "
                  "scopes and install the add-on again");
    }
}

}  // namespace
}  // namespace hipchat::addons
