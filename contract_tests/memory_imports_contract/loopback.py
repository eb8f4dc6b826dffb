"""Which hosts are this machine; the one rule of it here. A test holds it equal to those of the other packages."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own. An address of IPv6 stands without brackets."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
