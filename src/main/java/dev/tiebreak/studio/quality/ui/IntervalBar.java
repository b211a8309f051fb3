package dev.tiebreak.studio.quality.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import dev.tiebreak.statistics.Estimate;

/// An estimate on a line with its interval; the numbers stand beside it as text.
@Tag("tb-interval")
class IntervalBar extends Component {

    /// @param min left end of the line
    IntervalBar(String label, Estimate estimate, double min) {
        getElement().setAttribute("label", label).setAttribute("min", String.valueOf(min));
        switch (estimate) {
            case Estimate.Defined defined -> {
                at("value", defined.value());
                at("low", defined.low());
                at("high", defined.high());
            }
            case Estimate.WithoutInterval bare -> at("value", bare.value());
            case Estimate.Undefined _ -> setVisible(false);
        }
    }

    private void at(String attribute, double value) {
        getElement().setAttribute(attribute, String.valueOf(value));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        getElement().executeJs("import(new URL('tiebreak/charts.js', document.baseURI).href)");
    }
}
