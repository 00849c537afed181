#pragma once

namespace hipchat {
class logger;
}

namespace hipchat::addons {

class data_access;
class dynamic_webhooks;
class error_boundary;
class rest_client;
class tenant_directory;
class user_authorization;
class user_grants;

/// What the handles that an author holds (room, tenant, events) may use of the running add-on. It
/// outlives every handle: drained work ends before the service does. Loop thread only.
struct access {
    rest_client& rest;
    tenant_directory& tenants;
    data_access& data;
    dynamic_webhooks& webhooks;
    user_grants& grants;
    const user_authorization& authorization;
    error_boundary& failures;
    logger& log;
};

}  // namespace hipchat::addons
