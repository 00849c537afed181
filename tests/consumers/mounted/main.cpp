// Serves an add-on beside a timer of the program's own, drains, and ends when its loop has nothing
// left to do.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <hipchat/addon.hpp>
#include <hipchat/asio.hpp>
#include <iostream>
#include <memory>

int main() {
    hipchat::addon greeter{{.key = "greeter", .name = "Greeter"}};
    greeter.on_room_enter([](hipchat::room_enter& event) { event.log().info("entered"); });

    boost::asio::io_context io;
    auto here = std::make_unique<hipchat::mounted>(
        io, greeter, hipchat::named_settings{{"AC_PORT", "0"}, {"AC_STORE", "memory:"}});
    std::cout << here->base_url() << std::endl;

    boost::asio::steady_timer enough(io, std::chrono::milliseconds(10));
    enough.async_wait([&](boost::system::error_code) {
        here->drain([&](std::size_t left) {
            std::cout << left << " left" << std::endl;
            here.reset();
        });
    });
    io.run();
    return here ? 1 : 0;
}
