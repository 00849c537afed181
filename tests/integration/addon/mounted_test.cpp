// An add-on in a program that has an Asio loop of its own.

#include "hipchat/asio.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

#include "hipchat/errors.hpp"
#include "running_addon.hpp"

namespace hipchat::testing {
namespace {

class mounted_addon : public with_host {
protected:
    const named_settings given_{{"AC_PORT", "0"}, {"AC_STORE", "memory:"}};

    plain_answer install_at(std::uint16_t port) {
        return send(port, {.method = "POST",
                           .target = "/addon/installable",
                           .headers = {{"Content-Type", "application/json"}},
                           .body = json::serialize(protocol::write_installation(request()))});
    }
    plain_answer enter_at(std::uint16_t port) {
        return send(port, {.method = "POST",
                           .target = "/event/room_enter",
                           .headers = {{"Authorization", "JWT " + token()}},
                           .body = room_enter_body(id_)});
    }
};

TEST_F(mounted_addon, serves_beside_what_the_program_does_and_lets_its_loop_end) {
    boost::asio::io_context io;
    int ticks = 0;
    bool began = false;
    auto here = std::make_unique<mounted>(io, greeter(), given_,
                                          [&](const std::exception_ptr& wrong) { began = !wrong; });
    const std::uint16_t port = here->port();
    EXPECT_EQ(here->base_url(), "http://localhost:" + std::to_string(port));
    boost::asio::steady_timer timer(io, std::chrono::milliseconds(1));
    timer.async_wait([&](boost::system::error_code) { ++ticks; });
    std::thread loop([&io] { io.run(); });
    EXPECT_EQ(install_at(port).status, 201);
    EXPECT_EQ(enter_at(port).status, 204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    std::size_t left = 99;
    boost::asio::post(io, [&] {
        here->drain([&](std::size_t work) {
            left = work;
            here.reset();
        });
    });
    // Nothing of it is left in the loop, so that run() returns by itself.
    loop.join();
    EXPECT_EQ(left, 0U);
    EXPECT_EQ(ticks, 1);
    EXPECT_TRUE(began);
    EXPECT_EQ(greeted_.count(), 1);
    EXPECT_EQ(send(port, {}).status, 0);
}

TEST_F(mounted_addon, may_go_while_the_loop_goes_on) {
    boost::asio::io_context io;
    std::uint16_t port = 0;
    {
        const mounted here(io, greeter(), given_);
        port = here.port();
    }
    bool ran = false;
    boost::asio::post(io, [&] { ran = true; });
    io.run();
    EXPECT_TRUE(ran);
    // And another may come.
    io.restart();
    const mounted again(io, program_, {{"AC_PORT", std::to_string(port)}, {"AC_STORE", "memory:"}});
    EXPECT_EQ(again.port(), port);
}

TEST_F(mounted_addon, may_be_several) {
    addon karma{descriptor{.key = "karma", .name = "Karma", .scopes = {}}};
    boost::asio::io_context io;
    auto here = std::make_unique<mounted>(io, addons_to_run{greeter(), karma}, given_);
    std::thread loop([&io] { io.run(); });
    EXPECT_EQ(send(here->port(), {.target = "/karma/addon/descriptor"}).status, 200);
    boost::asio::post(io, [&] { here.reset(); });
    loop.join();
}

TEST_F(mounted_addon, says_which_setting_is_wrong) {
    boost::asio::io_context io;
    EXPECT_THROW(mounted(io, greeter(), {{"AC_PORT", "many"}}), config_error);
    EXPECT_THROW(mounted(io, program_, {{"AC_PROT", "0"}}), config_error);
    EXPECT_THROW(mounted(io, addons_to_run{}, given_), config_error);
}

}  // namespace
}  // namespace hipchat::testing
