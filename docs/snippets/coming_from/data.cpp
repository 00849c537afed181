// Settings of an installation, which no other installation can reach.

#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <hipchat/json.hpp>

int main() {
    hipchat::addon counts{{.key = "peers.data", .name = "Data"}};

    // [data]
    counts.on_message([](hipchat::room_message& event) -> hipchat::task<std::string> {
        const auto data = event.tenant().data();
        const std::int64_t messages = co_await data.add("messages");
        const hipchat::json::value last(event.text());
        co_await data.set("last", last);
        co_return std::to_string(messages);
    });
    // [/data]
    return hipchat::run(counts);
}
