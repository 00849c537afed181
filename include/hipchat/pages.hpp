#pragma once

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>

#include "hipchat/descriptor.hpp"
#include "hipchat/handler.hpp"
#include "hipchat/page.hpp"

namespace hipchat::detail {

struct declaration;

/// Who may call a route of a page.
enum class route_caller { page, user, anybody };

using page_handler = erased_handler<page_core, response>;

void declare_web_panel(declaration& all, web_panel_module about, page_handler handler);
void declare_dialog(declaration& all, dialog_module about, page_handler handler);
void declare_action(declaration& all, action_module about);
void declare_external_page(declaration& all, external_page_module about, page_handler handler);
void declare_configure_page(declaration& all, configurable about, page_handler handler);
void declare_admin_page(declaration& all, page_handler handler);
void declare_route(declaration& all, route_caller who, std::string method, std::string path,
                   page_handler handler);
void declare_static_files(declaration& all, std::string path, std::string folder);

template <class Request, class Handler>
page_handler erase_page_handler(Handler handler) {
    return erase_handler<Request, page_core, response>(std::move(handler));
}

template <class Handler>
page_handler erase_shown_page(Handler handler) {
    if constexpr (std::invocable<Handler&, page_request&>)
        static_assert(answers<std::invoke_result_t<Handler&, page_request&>>,
                      "a page must return what it shows: html, text, a redirect, a response");
    return erase_page_handler<page_request>(std::move(handler));
}

/// The declarations of modules and of what belongs to their pages, which an add-on has.
///
/// Each of the modules is declared in one call, that makes its entry in the descriptor and its
/// route. A `url` may be left out; one that is given is a path below the base URL, in which the
/// host replaces {templates} (addon-side.md 7.1): "/snippet/{id}?text={message.body}". The page
/// then finds them with part("id") and query("text"). Hosts sign their requests for pages;
/// everything else is answered 401.
///
/// A handler takes a page_request& and returns html, text, JSON, a redirect, or a response, or a
/// task of one.
template <class Self>
class shows_pages {
public:
    /// A panel in the sidebar, at /webpanel/KEY.
    template <class Handler>
    Self& web_panel(web_panel_module about, Handler handler) {
        declare_web_panel(all(), std::move(about), erase_shown_page(std::move(handler)));
        return self();
    }

    /// A dialog, at /dialog/KEY.
    template <class Handler>
    Self& dialog(dialog_module about, Handler handler) {
        declare_dialog(all(), std::move(about), erase_shown_page(std::move(handler)));
        return self();
    }

    /// An entry in the menu of messages, or beside the input, that opens another module. The
    /// module's page gets the message as an event named after the action's key (addon-side.md 7.4).
    Self& action(action_module about) {
        declare_action(all(), std::move(about));
        return self();
    }

    /// A page that opens in a browser tab of its own, at /page/KEY.
    template <class Handler>
    Self& external_page(external_page_module about, Handler handler) {
        declare_external_page(all(), std::move(about), erase_shown_page(std::move(handler)));
        return self();
    }

    /// The page on which an administrator sets the add-on up, at /configure.
    template <class Handler>
    Self& configure_page(configurable about, Handler handler) {
        declare_configure_page(all(), std::move(about), erase_shown_page(std::move(handler)));
        return self();
    }
    template <class Handler>
    Self& configure_page(Handler handler) {
        return configure_page(configurable(), std::move(handler));
    }

    /// The page in the administration of the group, at /admin.
    template <class Handler>
    Self& admin_page(Handler handler) {
        declare_admin_page(all(), erase_shown_page(std::move(handler)));
        return self();
    }

    /// An address for the calls of pages. The page's token proves tenant, room and user; without
    /// one the answer is 401. A handler that returns nothing is answered 204 when it has ended.
    /// @param method "GET" (HEAD as well), "POST", "PUT", "PATCH" or "DELETE"
    /// @param path   begins with '/'; may have {parts}; one that ends with '/' takes all below it
    template <class Handler>
    Self& route(std::string method, std::string path, Handler handler) {
        declare_route(all(), route_caller::page, std::move(method), std::move(path),
                      erase_page_handler<page_request>(std::move(handler)));
        return self();
    }

    /// The same for people whom the host names: guests and nobody get 403.
    template <class Handler>
    Self& user_route(std::string method, std::string path, Handler handler) {
        declare_route(all(), route_caller::user, std::move(method), std::move(path),
                      erase_page_handler<page_request>(std::move(handler)));
        return self();
    }

    /// An address that answers anybody. Its handler takes an anonymous_request&, which knows no
    /// tenant.
    template <class Handler>
    Self& anonymous_route(std::string method, std::string path, Handler handler) {
        declare_route(all(), route_caller::anybody, std::move(method), std::move(path),
                      erase_page_handler<anonymous_request>(std::move(handler)));
        return self();
    }

    /// Serves the files of a folder and of those below it to anybody. They are read when the add-on
    /// starts, 64 MiB in all at most; hidden ones are left out, and so are links that lead out.
    /// @param path for example "/static"
    Self& static_files(std::string path, std::string folder) {
        declare_static_files(all(), std::move(path), std::move(folder));
        return self();
    }

private:
    friend Self;
    shows_pages() = default;

    Self& self() noexcept { return static_cast<Self&>(*this); }
    declaration& all() noexcept { return *self().declared_; }
};

}  // namespace hipchat::detail
