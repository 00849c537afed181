// Installs by way of the browser: the same proof as an install request, and no open redirect.

#include "protocol/capabilities.hpp"
#include "protocol/url.hpp"
#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

constexpr const char* document_path = "/install/once";

class installing_by_redirect : public with_host {
protected:
    static descriptor declared() {
        descriptor made = about();
        made.installable.installed_url = "/addon/installed";
        made.installable.updated_url = "/addon/updated";
        made.installable.uninstalled_url = "/addon/uninstalled";
        return made;
    }

    void offers(const protocol::installation& body) {
        host_.answer(document_path, transport::http_response::of(
                                        200, "application/json",
                                        json::serialize(protocol::write_installation(body))));
    }
    std::string target(const std::string& path, const std::string& redirect_url) const {
        return path + "?installable_url=" + protocol::percent_encode(host_.base() + document_path)
               + "&redirect_url=" + protocol::percent_encode(redirect_url);
    }
    std::string done() const { return host_.base() + "/addons/done?x=1"; }

    addon redirected_{declared()};
};

// proves: addon 2.4 installedUrl; addon 2.4 relayState
TEST_F(installing_by_redirect, the_document_is_fetched_once_and_the_browser_goes_on) {
    counter announced;
    std::string relayed;
    redirected_.on_room_enter([](room_enter&) {});
    redirected_.on_installed([&](installed& event) {
        relayed = event.relay_state();
        announced.add();
    });
    const running_addon running(redirected_);
    offers(request());
    const plain_answer answer =
        running.get(target("/addon/installed", done()) + "&relayState=from%20here");
    EXPECT_EQ(answer.status, 302) << answer.body;
    EXPECT_EQ(answer.header("Location"), done());
    ASSERT_TRUE(announced.wait_for(1));
    EXPECT_EQ(relayed, "from here");
    EXPECT_EQ(host_.count(document_path), 1U);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
}

// proves: addon 2.4 installedUrl verified as 2.2
TEST_F(installing_by_redirect, what_it_says_is_proved_like_an_install_request) {
    const running_addon running(redirected_);
    offers(request());
    host_.remove_client(id_);
    const plain_answer unproved = running.get(target("/addon/installed", done()));
    EXPECT_EQ(unproved.status, 400);
    EXPECT_TRUE(contains(unproved.body, "did not yield a token"));

    json::object lying = protocol::write_host_capabilities(host_.base());
    lying["links"].as_object()["self"] = host_.base() + "/other";
    host_.answer_capabilities(lying);
    offers(request());
    const plain_answer wrong = running.get(target("/addon/installed", done()));
    EXPECT_EQ(wrong.status, 400);
    EXPECT_TRUE(contains(wrong.body, "links.self"));
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 404);
}

TEST_F(installing_by_redirect, cannot_replace_the_secret_of_a_tenant) {
    redirected_.on_room_enter([](room_enter&) {});
    running_addon running(redirected_);
    installed_in(running);
    offers(host_.installation(id_, secret("another secret of forty characters here")));
    EXPECT_EQ(running.get(target("/addon/installed", done())).status, 409);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
}

// proves: addon 2.4 redirect_url
TEST_F(installing_by_redirect, the_browser_is_sent_to_the_hosts_origin_only) {
    const running_addon running(redirected_);
    for (const std::string& elsewhere :
         {std::string("https://evil.example/"), std::string("//evil.example/"),
          std::string("javascript:alert(1)"), host_.base() + "@evil.example/",
          host_.base() + ".evil.example/", std::string()}) {
        offers(request());
        const plain_answer answer = running.get(target("/addon/installed", elsewhere));
        EXPECT_EQ(answer.status, 200) << elsewhere;
        EXPECT_EQ(answer.header("Location"), "") << elsewhere;
    }
}

TEST_F(installing_by_redirect, says_what_is_wrong_with_its_address) {
    const running_addon running(redirected_);
    EXPECT_TRUE(contains(running.get("/addon/installed").body, "installable_url: required"));
    const plain_answer inside =
        running.get("/addon/installed?installable_url=http%3A%2F%2F169.254.169.254%2Fx");
    EXPECT_EQ(inside.status, 400);
    EXPECT_TRUE(contains(inside.body, "AC_ALLOWED_HOSTS"));
    host_.answer(document_path, transport::http_response::of(404, "text/plain", "used"));
    const plain_answer used = running.get(target("/addon/installed", done()));
    EXPECT_EQ(used.status, 400);
    EXPECT_TRUE(contains(used.body, "works once"));
    host_.answer(document_path, transport::http_response::of(200, "text/plain", "{"));
    EXPECT_EQ(running.get(target("/addon/installed", done())).status, 400);
    protocol::installation foreign = request();
    foreign.capabilities_url = "https://elsewhere.example/capabilities";
    offers(foreign);
    EXPECT_TRUE(contains(running.get(target("/addon/installed", done())).body,
                         "not on the origin of capabilitiesUrl"));
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

TEST_F(installing_by_redirect, a_link_preview_does_not_use_the_link_up) {
    const running_addon running(redirected_);
    offers(request());
    const plain_answer preview =
        send(running.port(), {.method = "HEAD", .target = target("/addon/installed", done())});
    EXPECT_EQ(preview.status, 405);
    EXPECT_EQ(host_.count(document_path), 0U);
}

TEST_F(installing_by_redirect, is_off_unless_declared) {
    const running_addon running(greeter());
    EXPECT_EQ(running.get(target("/addon/installed", done())).status, 404);
    EXPECT_EQ(host_.count(document_path), 0U);
}

// proves: addon 2.4 updatedUrl
TEST_F(installing_by_redirect, an_update_announces_itself) {
    counter announced;
    redirected_.on_updated([&](updated& event) {
        EXPECT_EQ(event.tenant().oauth_id(), id_);
        announced.add();
    });
    running_addon running(redirected_);
    installed_in(running);
    protocol::installation update = request();
    update.oauth_secret.reset();
    offers(update);
    EXPECT_EQ(running.get(target("/addon/updated", done())).status, 302);
    EXPECT_TRUE(announced.wait_for(1));
}

// proves: addon 2.4 uninstalledUrl
TEST_F(installing_by_redirect, an_uninstall_is_proved_and_may_come_twice) {
    counter announced;
    redirected_.on_uninstalled([&](uninstalled&) { announced.add(); });
    running_addon running(redirected_);
    installed_in(running);
    offers(request());
    EXPECT_EQ(running.get(target("/addon/uninstalled", done())).status, 403);
    host_.remove_client(id_);
    const plain_answer answer = running.get(target("/addon/uninstalled", done()));
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(answer.header("Location"), done());
    EXPECT_TRUE(announced.wait_for(1));
    EXPECT_EQ(running.get(target("/addon/uninstalled", done())).status, 302);
    EXPECT_EQ(running.uninstall(id_).status, 204);
    EXPECT_EQ(announced.count(), 1);
}

}  // namespace
}  // namespace hipchat::testing
