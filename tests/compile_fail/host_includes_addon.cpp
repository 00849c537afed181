// The host's side meets add-ons over HTTP only.
#include "host/host.hpp"
#include "protocol/url.hpp"
#ifdef MISTAKE
#include "addon/settings.hpp"
#endif
