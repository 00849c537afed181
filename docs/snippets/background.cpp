#include <chrono>

#include <hipchat/addon.hpp>

namespace {

// [every]
hipchat::task<> remind(hipchat::background& work) {
    hipchat::tenant_range all = work.tenants().all();
    while (auto tenant = co_await all.next()) {
        const auto room = tenant->room_id();
        if (!room) continue;
        const hipchat::room where = tenant->room(*room);
        try {
            co_await where.send_notification("It is time");
        } catch (const hipchat::error&) {
            // One room that cannot be reached keeps the reminder from no other.
        }
    }
}

void schedule(hipchat::addon& bot) {
    bot.every(std::chrono::hours(1), remind);
    bot.on_start([](hipchat::background& work) -> hipchat::task<> {
        auto first = work.tenants().all();
        if (co_await first.next()) co_return;
    });
}
// [/every]

// [one]
hipchat::task<> tell(hipchat::tenants tenants, std::string oauth_id, std::int64_t room) {
    const auto tenant = co_await tenants.find(oauth_id);
    if (!tenant) co_return;
    const hipchat::room where = tenant->room(room);
    co_await where.send_notification("The build is green");
}
// [/one]

// [groups]
void restrict_groups(hipchat::addon& bot) {
    bot.allow_groups({42});
}
// [/groups]

}  // namespace

int main() {
    hipchat::addon bot{{.key = "docs.background",
                        .name = "Background",
                        .scopes = {hipchat::scope::send_notification}}};
    schedule(bot);
    restrict_groups(bot);
    bot.on_message("^/later", [&bot](hipchat::room_message& event) -> hipchat::task<> {
        co_await tell(bot.tenants(), event.tenant().oauth_id(), event.room().id());
    });
    return hipchat::run(bot);
}
