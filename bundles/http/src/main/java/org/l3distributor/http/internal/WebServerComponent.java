// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.util.EventListener;
import javax.servlet.http.HttpServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Sets up the whiteboard's dispatcher, as soon as somebody has a door to it. */
@Component(service = WebServerComponent.class)
public final class WebServerComponent {
    private final WebServer web;

    @Activate
    public WebServerComponent(
            @Reference(target = "(http.felix.dispatcher=*)") HttpServlet dispatcher,
            @Reference(target = "(http.felix.dispatcher=*)") EventListener events) {
        web = new WebServer(dispatcher, events);
    }

    WebServer web() {
        return web;
    }

    @Deactivate
    public void close() {
        web.stop();
    }
}
