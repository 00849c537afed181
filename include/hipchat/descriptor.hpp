#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hipchat/scope.hpp"

namespace hipchat {

// What an add-on says about itself (addon-side.md 1). All of it is plain configuration, built
// before the add-on runs. A URL may be relative ("/panel"): it then belongs to the add-on's base
// URL. Text members hold JSON where their comment says so; empty text means "not given".

/// Whether the host signs its requests to a module.
enum class authentication { jwt, none };

/// A pair of pictures, plain and for dense screens.
struct icon {
    std::string url = {};
    std::string url_2x = {};
};

struct vendor {
    std::string name = {};
    std::string url = {};
};

/// Display text; `i18n` is a look-up key whose table was never published.
struct localized_name {
    std::string value = {};  ///< 1 to 100 characters
    std::string i18n = {};   ///< at most 40 characters

    localized_name() = default;
    localized_name(std::string text, std::string key = {})
        : value(std::move(text)), i18n(std::move(key)) {}
    localized_name(const char* text) : value(text) {}
};

/// A leaf or a group of conditions under which a module is shown (addon-side.md 1.10).
struct condition {
    enum class group { leaf, all, any };

    group kind = group::leaf;
    std::string id = {};                  ///< of a leaf, for example "user_is_guest"
    bool invert = false;                  ///< of a leaf
    std::string params = {};              ///< of a leaf: a JSON object
    std::vector<condition> members = {};  ///< of a group
};

/// What a click opens: another module of the same add-on.
struct module_target {
    std::string key = {};
    std::string options = {};  ///< a JSON object
};

struct webhook {
    std::string event = {};
    std::string url = {};
    std::string pattern = {};
    std::string name = {};
    std::string key = {};
    hipchat::authentication authentication = hipchat::authentication::jwt;
};

struct glance_module {
    std::string key = {};
    localized_name name = {};
    hipchat::icon icon = {};
    std::string query_url = {};  ///< empty: a static glance that shows its name
    std::optional<module_target> target = {};
    int weight = 100;
    std::vector<condition> conditions = {};
};

struct web_panel_module {
    std::string key = {};
    localized_name name = {};
    std::string url = {};
    std::optional<hipchat::icon> icon = {};
    int weight = 100;
    hipchat::authentication authentication = hipchat::authentication::jwt;
    std::vector<condition> conditions = {};
    std::string location = "hipchat.sidebar.right";
};

struct dialog_button {
    localized_name name = {};
    std::string key = {};
    bool enabled = true;
};

/// Lengths end in "px" or "%".
struct dialog_size {
    std::string width = {};
    std::string height = {};
};

struct dialog_options {
    enum class style { normal, warning };

    dialog_options::style look = style::normal;
    /// A size, or one of "small", "medium", "large", "xlarge"; empty text: the host decides.
    std::variant<std::string, dialog_size> size = std::string();
    std::optional<localized_name> hint = {};
    std::optional<localized_name> filter_placeholder = {};
    std::optional<dialog_button> primary_action = {};
    /// Absent: a Close button. Empty: no secondary button at all.
    std::optional<std::vector<dialog_button>> secondary_actions = {};
};

struct dialog_module {
    std::string key = {};
    localized_name title = {};
    std::string url = {};
    hipchat::authentication authentication = hipchat::authentication::jwt;
    std::optional<dialog_options> options = {};
};

struct action_module {
    enum class place { message, input };

    std::string key = {};
    localized_name name = {};
    action_module::place location = place::message;
    module_target target = {};
    int weight = 100;
    std::vector<condition> conditions = {};
};

struct external_page_module {
    std::string key = {};
    localized_name name = {};
    std::string url = {};
};

struct configurable {
    std::string url = {};
    hipchat::authentication authentication = hipchat::authentication::jwt;
    bool allow_access_to_room_admins = false;
};

/// Metadata of a slash command; emitted, never needed by a host (addon-side.md 1.9).
struct command_info {
    std::string name = {};
    std::string usage = {};
    std::string description = {};
    std::vector<std::string> aliases = {};
};

/// Where the host sends installs. Empty URLs are filled in by the library.
struct installable {
    std::string callback_url = {};
    std::string update_callback_url = {};
    std::string installed_url = {};
    std::string updated_url = {};
    std::string uninstalled_url = {};
};

/// An add-on. Members an author often sets come first.
struct descriptor {
    std::string key = {};
    std::string name = {};
    std::string description = {};
    std::vector<scope> scopes = {};
    bool allow_room = true;
    bool allow_global = true;
    std::string from_name = {};  ///< sender of its notifications; empty: the name
    std::optional<icon> avatar = {};
    std::optional<hipchat::vendor> vendor = {};
    std::string homepage = {};
    std::string self = {};  ///< filled in by the library

    std::vector<webhook> webhooks = {};
    std::vector<glance_module> glances = {};
    std::vector<web_panel_module> web_panels = {};
    std::vector<dialog_module> dialogs = {};
    std::vector<action_module> actions = {};
    std::vector<external_page_module> external_pages = {};
    std::optional<hipchat::configurable> configurable = {};
    std::string admin_page = {};                     ///< URL; empty: none
    std::vector<std::string> redirection_urls = {};  ///< oauth2Consumer
    std::string oauth2_authorization_url = {};       ///< oauth2Provider
    std::string oauth2_token_url = {};               ///< oauth2Provider
    std::vector<command_info> commands = {};
    hipchat::installable installable = {};

    std::string api_version = {};  ///< "1:1" when empty
    /// Members that the format does not name, as one JSON object each, kept and written again.
    std::string extra_members = {};
    std::string extra_capabilities = {};
};

/// Reads a full or partial descriptor; what is missing is completed when the add-on starts.
/// @param text JSON; unknown members are kept, one bare object counts as an array of one
/// Throws config_error that names the member and the rule.
descriptor descriptor_from_json(std::string_view text);

/// The same from a file; throws config_error also when it cannot be read.
descriptor descriptor_from_file(const std::string& path);

}  // namespace hipchat
