"""network.bundle in Kubernetes: manifests that kubectl builds, closed in on all sides.

When kubectl builds them             a StatefulSet, its files, a headless Service and a policy, and no Secret
When Kubernetes' schemas judge       they find nothing wrong, and nothing that they do not know
When its files are compared          they are the bundle's, byte for byte, and what the start script needs is there
Given the containers                 none runs as root, writes to its image, gains rights or takes all of a machine
Given the network                    the proxy's port, and the members' own addresses; JSON-RPC has no port anywhere
Given the key                        it comes from a Secret alone, and only its owner reads the copy
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from jamjar.network import bundle as bundles
from jamjar.network import members_file
from tests.unit.network.joining import asking, written

KUBECTL, KUSTOMIZE, VALIDATE = map(shutil.which, ("kubectl", "kustomize", "kubernetes-validate"))
BUILD = [KUBECTL, "kustomize"] if KUBECTL else [KUSTOMIZE, "build"]
V6 = asking(5, host="2001:db8::5", port=30304)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    five = members_file.read(written(tmp_path / "given", *map(asking, range(1, 5)), V6), "besu")
    return dict(bundles.bundle(five, asking(1).request))


@pytest.fixture
def made(files: dict[str, bytes]) -> dict[str, Any]:
    """What stands in the manifests, by kind."""
    return {each["kind"]: each for each in yaml.safe_load_all(files["kubernetes.yaml"])}


@pytest.fixture
def pod(made: dict[str, Any]) -> Any:
    return made["StatefulSet"]["spec"]["template"]["spec"]


def test_kubectl_builds_them(tmp_path: Path, files: dict[str, bytes], made: dict[str, Any]) -> None:
    if not any(BUILD[:1]):
        pytest.skip("kubectl is not installed: apt-get install -y kubernetes-client")
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run([*map(str, BUILD), tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    every = list(yaml.safe_load_all(done.stdout))
    built = {each["kind"]: each for each in every}
    assert sorted(each["kind"] for each in every) == ["ConfigMap", "NetworkPolicy", "Service", "StatefulSet"]
    given = built["ConfigMap"]["data"]
    assert given == {name: files[name].decode() for name in given}
    name = built["ConfigMap"]["metadata"]["name"]  # of what is in it, so that new files start the node again
    volumes = built["StatefulSet"]["spec"]["template"]["spec"]["volumes"]
    assert {each["configMap"]["name"] for each in volumes if "configMap" in each} == {name}
    assert built["NetworkPolicy"] == made["NetworkPolicy"]
    assert built["Service"] == made["Service"]


def test_schemas_judge_them(tmp_path: Path, files: dict[str, bytes]) -> None:
    if VALIDATE is None:
        pytest.skip("kubernetes-validate is not installed: pip install kubernetes-validate (22 MB of schemas)")
    (tmp_path / "kubernetes.yaml").write_bytes(files["kubernetes.yaml"])
    command = [VALIDATE, "--strict", tmp_path / "kubernetes.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_start_script_needs(files: dict[str, bytes]) -> None:
    given = set(yaml.safe_load(files["kustomization.yaml"])["configMapGenerator"][0]["files"])
    assert given == files.keys() - {
        "README.md",
        "besu.service",
        "compose.yaml",
        "kubernetes.yaml",
        "kustomization.yaml",
    }
    assert sum(len(files[each]) for each in given) < 1 << 20  # what a ConfigMap holds


def test_containers_are_closed(pod: Any) -> None:
    assert (pod["securityContext"]["runAsNonRoot"], pod["securityContext"]["runAsUser"]) == (True, 1000)
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
    for each in [*pod["initContainers"], *pod["containers"]]:
        assert each["securityContext"] == {
            "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}, "readOnlyRootFilesystem": True,
        }  # fmt: skip
        assert each["resources"]["limits"].keys() == each["resources"]["requests"].keys() == {"cpu", "memory"}
        assert each["image"].partition(":")[2] not in ("", "latest")
    assert not [each for each in pod["volumes"] if "hostPath" in each]
    assert all("sizeLimit" in each["emptyDir"] for each in pod["volumes"] if "emptyDir" in each)


def test_only_the_proxy_and_members(made: dict[str, Any], pod: Any) -> None:
    service, policy = made["Service"]["spec"], made["NetworkPolicy"]["spec"]
    assert (service["clusterIP"], [each["port"] for each in service["ports"]]) == ("None", [443])
    others = {f"192.0.2.{number}/32": 30303 for number in range(2, 5)} | {"2001:db8::5/128": 30304}
    services, members = policy["ingress"]
    assert services == {
        "from": [{"podSelector": {"matchLabels": {"jamjar": "service"}}}], "ports": [{"port": 443, "protocol": "TCP"}],
    }  # fmt: skip
    assert {each["ipBlock"]["cidr"] for each in members["from"]} == others.keys()
    assert members["ports"] == [{"port": 30303, "protocol": "TCP"}]
    assert {each["to"][0]["ipBlock"]["cidr"]: each["ports"][0]["port"] for each in policy["egress"]} == others
    assert all(each["from"] for each in policy["ingress"])  # an empty list would be everybody
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    ports = {
        port["containerPort"]: port.get("hostPort") for each in pod["containers"] for port in each.get("ports", [])
    }
    assert ports == {30303: 30303, 443: None}


def test_the_key_is_in_a_secret(files: dict[str, bytes], made: dict[str, Any], pod: Any) -> None:
    assert made["StatefulSet"]["spec"]["replicas"] == 1
    secrets = {each["name"]: each["secret"] for each in pod["volumes"] if "secret" in each}
    assert {name: (each["secretName"], each["defaultMode"]) for name, each in secrets.items()} == {
        "key": ("besu-key", 0o440), "proxy-secrets": ("besu-proxy", 0o440),
    }  # fmt: skip
    mounts = {each["name"]: {mount["name"] for mount in each["volumeMounts"]}
              for each in [*pod["initContainers"], *pod["containers"]]}  # fmt: skip
    assert [name for name, volumes in mounts.items() if "key" in volumes] == ["files"]
    assert "proxy-secrets" not in mounts["besu"] | mounts["files"]
    assert "node.key" not in yaml.safe_load(files["kustomization.yaml"])["configMapGenerator"][0]["files"]


def test_what_is_copied_starts(tmp_path: Path, files: dict[str, bytes], pod: Any) -> None:
    """As Kubernetes mounts them: by links, the key for its group, too; here by the container's own command."""
    given, key, there = (tmp_path / each for each in ("given", "key", "etc"))
    there.mkdir()
    for folder, names in ((given, files), (key, {"node.key": b"0x" + b"11" * 32})):
        (folder / "..data").mkdir(parents=True)
        for name, data in names.items():
            (folder / "..data" / name).write_bytes(data)
            (folder / "..data" / name).chmod(0o440)
            (folder / name).symlink_to(Path("..data") / name)
    [copy] = pod["initContainers"]
    words = [word.replace("/given", str(given)).replace("/key/", f"{key}/").replace("/etc/besu", str(there))
             for word in copy["command"]]  # fmt: skip
    for _ in range(2):  # once more, as after the machine began again
        subprocess.run(words, check=True)
        done = subprocess.run(["/bin/sh", there / "start.sh"], env={"BESU": "echo", "PATH": "/usr/bin:/bin"},
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert (done.returncode, done.stdout) == (0, f"--config-file={there}/config.toml\n"), done.stderr
